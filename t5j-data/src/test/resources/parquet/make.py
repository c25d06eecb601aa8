"""Writes the Parquet files of this folder with pyarrow, and what they hold as JSON lines beside them."""
import datetime, decimal, json, pathlib
import pyarrow as pa, pyarrow.parquet as pq

here = pathlib.Path(__file__).parent

def write(name, table, **options):
    pq.write_table(table, here / f"{name}.parquet", **options)

def expected(name, rows):
    with open(here / f"{name}.jsonl", "w", encoding="utf-8") as out:
        for row in rows:
            out.write(json.dumps(row, ensure_ascii=False) + "\n")

squad = pa.schema([
    ("id", pa.string()), ("title", pa.string()), ("context", pa.string()), ("question", pa.string()),
    ("answers", pa.struct([("text", pa.list_(pa.string())), ("answer_start", pa.list_(pa.int32()))]))])
rows = [{"id": f"q{i}", "title": "Nächte" if i % 2 else "Tage", "context": "Es war einmal 数 " * (i + 1),
         "question": f"Was {i}?", "answers": {"text": ["war", "einmal"][: i % 3], "answer_start": [3, 7][: i % 3]}}
        for i in range(7)]
table = pa.Table.from_pylist(rows, schema=squad)
expected("squad", rows)
write("squad-snappy", table, compression="snappy", row_group_size=3)
write("squad-zstd", table, compression="zstd", row_group_size=2, data_page_version="2.0")
write("squad-gzip", table, compression="gzip", row_group_size=7)
write("squad-plain", table, compression="none", row_group_size=1, use_dictionary=False)
write("squad-lz4", table, compression="lz4")

types = pa.schema([
    ("text", pa.large_string()), ("flag", pa.bool_()), ("small", pa.int8()), ("unsigned", pa.uint64()),
    ("real", pa.float64()), ("single", pa.float32()), ("day", pa.date32()), ("price", pa.decimal128(9, 2)),
    ("tags", pa.list_(pa.string())), ("grid", pa.list_(pa.list_(pa.int64()))),
    ("map", pa.map_(pa.string(), pa.int32())), ("label", pa.dictionary(pa.int8(), pa.string()))])
rows = [
    {"text": "eins", "flag": True, "small": -1, "unsigned": 2**64 - 1, "real": 0.25, "single": 0.1,
     "day": datetime.date(2020, 2, 29), "price": decimal.Decimal("12.50"), "tags": ["a", "b"],
     "grid": [[1, 2], [3]], "map": {"x": 1}, "label": "yes"},
    {"text": None, "flag": None, "small": None, "unsigned": None, "real": None, "single": None, "day": None,
     "price": None, "tags": None, "grid": None, "map": None, "label": None},
    {"text": "", "flag": False, "small": 127, "unsigned": 0, "real": -2.5, "single": 2.0,
     "day": datetime.date(1969, 12, 31), "price": decimal.Decimal("-0.05"), "tags": [], "grid": [[]],
     "map": {}, "label": "no"}]
write("types", pa.Table.from_pylist(rows, schema=types), compression="snappy")
for row in rows:
    if row["day"]:
        row["day"], row["price"] = str(row["day"]), str(row["price"])
expected("types", rows)
