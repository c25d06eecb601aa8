"""Writes the made examples of the study's data sets, each in the formats it is distributed in. Every text is invented.

Run in this directory: python make.py (needs pyarrow). The Parquet files have the schemas of the Hugging Face data sets.
"""
import gzip
import json
import os

import pyarrow as pa
import pyarrow.parquet as pq


def open_out(path):
    os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
    return gzip.GzipFile(path, "wb", mtime=0) if path.endswith(".gz") else open(path, "wb")


def lines(path, rows):
    with open_out(path) as out:
        out.write("".join(row + "\n" for row in rows).encode())


def tsv(path, *rows):
    lines(path, ["\t".join(str(cell) for cell in row) for row in rows])


def jsonl(path, rows):
    lines(path, [json.dumps(row, ensure_ascii=False) for row in rows])


def parquet(path, rows, **types):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    schema = pa.schema(list(types.items()))
    pq.write_table(pa.Table.from_pylist(rows, schema=schema), path, compression="snappy")


def hugging_face(name, rows, **types):
    """The same rows as Parquet and as JSON lines."""
    for i, row in enumerate(rows):
        row.setdefault("idx", i)
    types.setdefault("idx", pa.int32())
    parquet(f"{name}/train.parquet", rows, **types)
    jsonl(f"{name}/hf.jsonl", rows)


S, I = pa.string(), pa.int64()

# ---------------------------------------------------------------- GLUE
cola = [("The cats sleeps soundly.", 0, "*"), ("She handed him the \"map.", 1, "")]
tsv("cola/train.tsv", *[("mk01", label, mark, text) for text, label, mark in cola])
tsv("cola/test.tsv", ("index", "sentence"), (0, "Who did you see?"))
hugging_face("cola", [dict(sentence=t, label=l) for t, l, _ in cola], sentence=S, label=I)

sst2 = [("a warm , clever little film ", 1), ("tedious from start to finish ", 0)]
tsv("sst2/train.tsv", ("sentence", "label"), *sst2)
tsv("sst2/test.tsv", ("index", "sentence"), (0, "neither here nor there ."))
hugging_face("sst2", [dict(sentence=t, label=l) for t, l in sst2], sentence=S, label=I)

mrpc = [("The firm said profits rose.", "Profits went up, the firm said.", 1), ("\"Rain fell.", "Snow is due.", 0)]
with open_out("mrpc/train.tsv") as out:
    rows = [("Quality", "#1 ID", "#2 ID", "#1 String", "#2 String")] + [(q, 11, 12, a, b) for a, b, q in mrpc]
    out.write(b"\xef\xbb\xbf" + "".join("\t".join(map(str, row)) + "\r\n" for row in rows).encode())
tsv("mrpc/test.tsv", ("index", "#1 ID", "#2 ID", "#1 String", "#2 String"), (0, 13, 14, "One.", "Two."))
hugging_face("mrpc", [dict(sentence1=a, sentence2=b, label=q) for a, b, q in mrpc], sentence1=S, sentence2=S, label=I)

qqp = [("How do I bake bread?", "How is bread baked?", 1), ("Why is the sea salty?", "Is the sea deep?", 0)]
tsv("qqp/train.tsv", ("id", "qid1", "qid2", "question1", "question2", "is_duplicate"),
    (0, 1, 2, *qqp[0]), (1, 3, 4, "A row that is cut short"), (2, 5, 6, *qqp[1]))
tsv("qqp/test.tsv", ("id", "question1", "question2"), (0, "What?", "Who?"))
hugging_face("qqp", [dict(question1=a, question2=b, label=l) for a, b, l in qqp], question1=S, question2=S, label=I)

stsb = [("A dog runs.", "A dog is running.", 3.8), ("Big news.", "No idea.", 1.66), ("One tie.", "Even wins.", 2.5)]
header = "index genre filename year old_index source1 source2 sentence1 sentence2".split()
tsv("stsb/train.tsv", (*header, "score"),
    *[(i, "made", "f", 2020, i, "none", "none", a, b, f"{s:.3f}") for i, (a, b, s) in enumerate(stsb)])
tsv("stsb/test.tsv", header, (0, "made", "f", 2020, 0, "none", "none", "One.", "Two."))
hugging_face("stsb", [dict(sentence1=a, sentence2=b, label=s) for a, b, s in stsb],
             sentence1=S, sentence2=S, label=pa.float32())

mnli = [("The shop was shut.", "Nobody could buy anything.", 0), ("He sang.", "He was paid.", 1), ("It rained.", "It was dry.", 2)]
names = ["entailment", "neutral", "contradiction"]
header = ("index promptID pairID genre sentence1_binary_parse sentence2_binary_parse sentence1_parse sentence2_parse "
          "sentence1 sentence2").split()
parses = ("( p )", "( h )", "(ROOT p)", "(ROOT h)")
tsv("mnli/train.tsv", (*header, "label1", "gold_label"),
    *[(i, "1", "1e", "made", *parses, p, h, names[l], names[l]) for i, (p, h, l) in enumerate(mnli)])
tsv("mnli/test.tsv", header, (0, "1", "1e", "made", *parses, "Left.", "Right."))
hugging_face("mnli", [dict(premise=p, hypothesis=h, label=l) for p, h, l in mnli], premise=S, hypothesis=S, label=I)
tsv("ax/test.tsv", ("index", "sentence1", "sentence2"), (0, "The cat sat.", "The cat did not sit."))
parquet("ax/test.parquet", [dict(premise="The cat sat.", hypothesis="The cat did not sit.", label=-1, idx=0)],
        premise=S, hypothesis=S, label=I, idx=pa.int32())

qnli = [("Who built the pier?", "The pier was built by Ann Lee.", 0), ("When did it open?", "It is long.", 1)]
two = ["entailment", "not_entailment"]
tsv("qnli/train.tsv", ("index", "question", "sentence", "label"), *[(i, q, s, two[l]) for i, (q, s, l) in enumerate(qnli)])
hugging_face("qnli", [dict(question=q, sentence=s, label=l) for q, s, l in qnli], question=S, sentence=S, label=I)

rte = [("Oslo is in Norway.", "Norway has Oslo.", 0), ("Tom is tall.", "Tom is old.", 1)]
tsv("rte/train.tsv", ("index", "sentence1", "sentence2", "label"), *[(i, a, b, two[l]) for i, (a, b, l) in enumerate(rte)])
hugging_face("rte", [dict(sentence1=a, sentence2=b, label=l) for a, b, l in rte], sentence1=S, sentence2=S, label=I)

wnli = [("The drum beat the flute because it was loud.", "The drum was loud.", 1),
        ("The drum beat the flute because it was loud.", "The flute was loud.", 0)]
tsv("wnli/train.tsv", ("index", "sentence1", "sentence2", "label"), *[(i, *row) for i, row in enumerate(wnli)])
hugging_face("wnli", [dict(sentence1=a, sentence2=b, label=l) for a, b, l in wnli], sentence1=S, sentence2=S, label=I)

# ---------------------------------------------------------------- SuperGLUE
boolq = [("is the pier open", "The pier is open all year.", True), ("is it long", "It is a short pier.", False)]
jsonl("boolq/train.jsonl", [dict(question=q, passage=p, idx=i, label=l) for i, (q, p, l) in enumerate(boolq)])
jsonl("boolq/test.jsonl", [dict(question="is it red", passage="It is.", idx=0)])
hugging_face("boolq", [dict(question=q, passage=p, label=int(l)) for q, p, l in boolq], question=S, passage=S, label=I)

cb = [("I think he left.", "he left", 0), ("I doubt he left.", "he left", 1), ("Did he leave?", "he left", 2)]
three = ["entailment", "contradiction", "neutral"]
jsonl("cb/train.jsonl", [dict(premise=p, hypothesis=h, label=three[l], idx=i) for i, (p, h, l) in enumerate(cb)])
hugging_face("cb", [dict(premise=p, hypothesis=h, label=l) for p, h, l in cb], premise=S, hypothesis=S, label=I)

copa = [("The cup fell.", "It broke.", "It sang.", "effect", 0), ("The lamp went out.", "It was Monday.", "The bulb burnt out.", "cause", 1)]
copa = [dict(premise=p, choice1=a, choice2=b, question=q, idx=i, label=l) for i, (p, a, b, q, l) in enumerate(copa)]
jsonl("copa/train.jsonl", copa)
hugging_face("copa", copa, premise=S, choice1=S, choice2=S, question=S, label=I)

paragraph = "<b>Sent 1: </b>Ann built a pier.<br><b>Sent 2: </b>Bo painted it red."
jsonl("multirc/train.jsonl", [dict(idx=5, version=1.1, passage=dict(text=paragraph, questions=[
    dict(question="Who built the pier?", idx=8, answers=[dict(text="Ann", idx=20, label=1), dict(text="Bo", idx=21, label=0)]),
    dict(question="What colour is it?", idx=9, answers=[dict(text="Red", idx=22, label=1)])]))])
jsonl("multirc/test.jsonl", [dict(idx=6, passage=dict(text="It rained.", questions=[
    dict(question="Did it rain?", idx=10, answers=[dict(text="Yes", idx=23)])]))])
hugging_face("multirc", [
    dict(paragraph=paragraph, question=q, answer=a, label=l, idx=dict(paragraph=5, question=qi, answer=ai))
    for q, a, l, qi, ai in [("Who built the pier?", "Ann", 1, 8, 20), ("Who built the pier?", "Bo", 0, 8, 21),
                            ("What colour is it?", "Red", 1, 9, 22)]],
    paragraph=S, question=S, answer=S, label=I,
    idx=pa.struct([("paragraph", pa.int32()), ("question", pa.int32()), ("answer", pa.int32())]))

# the smile is two UTF-16 units, so that places in code points and in units differ
passage = "\U0001F642 Ann Lee met Bo in Oslo.\n@highlight\nThey talked\n@highlight\nBo left"
places = {name: passage.index(name) for name in ("Oslo", "Ann Lee", "Bo")}
jsonl("record/train.jsonl", [dict(source="made", idx=3, passage=dict(
    text=passage,
    entities=[dict(start=p, end=p + len(n) - 1) for n, p in places.items()]
    + [dict(start=passage.rindex("Bo"), end=passage.rindex("Bo") + 1)]),
    qas=[dict(idx=7, query="@placeholder went away", answers=[dict(start=0, end=1, text="Bo"), dict(start=9, end=9, text="Ann Lee")])])])
jsonl("record/test.jsonl", [dict(source="made", idx=4, passage=dict(text="Cy ran.", entities=[dict(start=0, end=1)]),
                                 qas=[dict(idx=8, query="@placeholder ran")])])
hugging_face("record", [dict(passage=passage, query="@placeholder went away", entities=["Oslo", "Ann Lee", "Bo"],
                             entity_spans=dict(text=["Bo"], start=[13], end=[15]), answers=["Bo", "Ann Lee"],
                             idx=dict(passage=3, query=7))],
             passage=S, query=S, entities=pa.list_(S),
             entity_spans=pa.struct([("text", pa.list_(S)), ("start", pa.list_(pa.int32())), ("end", pa.list_(pa.int32()))]),
             answers=pa.list_(S), idx=pa.struct([("passage", pa.int32()), ("query", pa.int32())]))

nli = [("Oslo is in Norway.", "Norway has Oslo.", 0), ("Tom is tall.", "Tom is old.", 1)]
jsonl("super_rte/train.jsonl", [dict(premise=p, hypothesis=h, label=two[l], idx=i) for i, (p, h, l) in enumerate(nli)])
hugging_face("super_rte", [dict(premise=p, hypothesis=h, label=l) for p, h, l in nli], premise=S, hypothesis=S, label=I)
jsonl("axb/test.jsonl", [dict(sentence1=p, sentence2=h, label=two[l], idx=i, logic="Negation") for i, (p, h, l) in enumerate(nli)])
parquet("axb/test.parquet", [dict(sentence1=p, sentence2=h, label=l, idx=i) for i, (p, h, l) in enumerate(nli)],
        sentence1=S, sentence2=S, idx=pa.int32(), label=I)
jsonl("axg/test.jsonl", [dict(premise=p, hypothesis=h, label=two[l], idx=i, pair_id=1) for i, (p, h, l) in enumerate(nli)])
parquet("axg/test.parquet", [dict(premise=p, hypothesis=h, label=l, idx=i) for i, (p, h, l) in enumerate(nli)],
        premise=S, hypothesis=S, idx=pa.int32(), label=I)

wic = [("bank", "The bank was shut.", "He sat on the bank.", False), ("run", "We run daily.", "They run at dawn.", True)]
jsonl("wic/train.jsonl", [dict(word=w, sentence1=a, sentence2=b, idx=i, label=l, start1=0, end1=1, start2=0, end2=1, version=1.1)
                          for i, (w, a, b, l) in enumerate(wic)])
hugging_face("wic", [dict(word=w, sentence1=a, sentence2=b, label=int(l), start1=0, end1=1, start2=0, end2=1)
                     for w, a, b, l in wic],
             word=S, sentence1=S, sentence2=S, start1=pa.int32(), start2=pa.int32(), end1=pa.int32(), end2=pa.int32(), label=I)

# span1 of the last is spelled otherwise than in the text, which wsc.fixed mends
text = "The fox chased the hen because it was hungry ."
wsc = [(text, "The fox", 0, "it", 6, True), (text, "the hen", 3, "it", 6, False),
       ("My aunt met Ann when she was in Oslo .", "my aunt.", 0, "she", 5, True)]
jsonl("wsc/train.jsonl", [dict(text=t, target=dict(span1_text=a, span1_index=i, span2_text=b, span2_index=j), idx=n, label=l)
                          for n, (t, a, i, b, j, l) in enumerate(wsc)])
jsonl("wsc/test.jsonl", [dict(text=text, target=dict(span1_text="The fox", span1_index=0, span2_text="it", span2_index=6), idx=0)])
hugging_face("wsc", [dict(text=t, span1_index=i, span2_index=j, span1_text="My aunt" if a == "my aunt." else a, span2_text=b, label=int(l))
                     for t, a, i, b, j, l in wsc],
             text=S, span1_index=pa.int32(), span2_index=pa.int32(), span1_text=S, span2_text=S, label=I)

dpr = [("The fox saw the hen before he ate.", "he", ["The fox", "the hen"], 0),
       ("The hen saw the fox and the fox saw him.", "him", ["The hen", "the fox"], 1)]
lines("dpr/train.c.txt", ["\n".join([s, p, ",".join(c), c[l], ""]) for s, p, c, l in dpr])
dpr = [dict(sentence=s, pronoun=p, candidates=c, label=l) for s, p, c, l in dpr]
parquet("dpr/train.parquet", dpr, sentence=S, pronoun=S, candidates=pa.list_(S), label=I)
jsonl("dpr/hf.jsonl", dpr)

# ---------------------------------------------------------------- SQuAD, summaries, translation, closed book
context = "  Ann's pier (1903) is red. It's open in June."
squad = [("q1", "When is it open?", ["in June", "June"]), ("q2", " What colour is Ann's pier?", ["red"])]
with open_out("squad/train.json") as out:
    out.write(json.dumps(dict(version="1.1", data=[dict(title="Pier", paragraphs=[dict(context=context, qas=[
        dict(id=i, question=q, answers=[dict(text=a, answer_start=context.index(a)) for a in answers])
        for i, q, answers in squad])])])).encode())
squad = [dict(id=i, title="Pier", context=context, question=q, answers=dict(text=a, answer_start=[context.index(x) for x in a]))
         for i, q, a in squad]
parquet("squad/train.parquet", squad, id=S, title=S, context=S, question=S,
        answers=pa.struct([("text", pa.list_(S)), ("answer_start", pa.list_(pa.int32()))]))
jsonl("squad/hf.jsonl", squad)

news = [dict(article="Ann Lee opened a pier , \"at last\". Crowds came .", highlights="Pier opens .\nCrowds come .", id="a1")]
parquet("cnn_dailymail/train.parquet", news, article=S, highlights=S, id=S)
jsonl("cnn_dailymail/hf.jsonl", news)
with open_out("cnn_dailymail/train.csv") as out:
    quoted = [f'"{row[key]}"'.replace('"at last"', '""at last""') for row in news for key in ("id", "article", "highlights")]
    out.write(("id,article,highlights\n" + ",".join(quoted) + "\n").encode())

pairs = [("That is good.", "Das ist gut."), ("The pier is red.", "Der Steg ist rot.")]
lines("wmt/train.en", [pairs[0][0], "", pairs[1][0]])
lines("wmt/train.de.gz", [pairs[0][1], "Ohne Partner.", pairs[1][1]])
lines("wmt/short.de", [pairs[0][1]])
tsv("wmt/train.tsv", *pairs)
wmt = [dict(translation=dict(de=de, en=en)) for en, de in pairs]
parquet("wmt/train.parquet", wmt, translation=pa.struct([("de", S), ("en", S)]))
jsonl("wmt/hf.jsonl", wmt)

nq = [dict(question="who built the pier", answer=["Ann Lee", "Lee"])]
jsonl("nq/train.jsonl", nq)
parquet("nq/train.parquet", nq, question=S, answer=pa.list_(S))
wq = [dict(url="u", question="where is the pier?", answers=["Oslo", "Norway"])]
jsonl("wq/train.jsonl", wq)
parquet("wq/train.parquet", wq, url=S, question=S, answers=pa.list_(S))
with open_out("trivia_qa/train.json") as out:
    out.write(json.dumps(dict(Data=[dict(Answer=dict(Aliases=["Ann Lee", "A. Lee"], NormalizedAliases=["ann lee", "lee"],
              NormalizedValue="ann lee", Type="WikipediaEntity", Value="Ann Lee"), EntityPages=[], Question="Who built the pier?",
              QuestionId="t1", QuestionSource="made", SearchResults=[])], Domain="unfiltered", Version=1.0)).encode())
trivia = [dict(question="Who built the pier?", question_id="t1", answer=dict(
    aliases=["Ann Lee", "A. Lee"], normalized_aliases=["ann lee", "lee"], normalized_value="ann lee", type="WikipediaEntity",
    value="Ann Lee"))]
parquet("trivia_qa/train.parquet", trivia, question=S, question_id=S, answer=pa.struct(
    [("aliases", pa.list_(S)), ("normalized_aliases", pa.list_(S)), ("normalized_value", S), ("type", S), ("value", S)]))
jsonl("trivia_qa/hf.jsonl", trivia)
