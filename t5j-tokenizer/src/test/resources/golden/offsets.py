# Makes offsets.json.gz in this folder, with Debian's python3-sentencepiece 0.1.97: /usr/bin/python3 offsets.py SHARED
import gzip, json, glob, os, random, sys, sentencepiece
shared = sys.argv[1]
own = ["", " ", "  ", "a", "Hello world", "  two  spaces  ", "trailing \n", "\tTab\tand\r\nlines ", "\uFB01nd o\uFB03ce \u00BD", "\uFF28\uFF45\uFF4C\uFF4C\uFF4F\u3000\u4E16\u754C",
 "e\u0301te\u0301 A\u030A", "\U0001F600 smile\U0001F600\U0001F600", "x\U00020000y \U0001D54F\U0001D550", "\u3300\u334D\u33A1", "zero\u200Bwidth\u200C\u200D\uFEFF", "\x00nul\x00 \x01\x02ctl\x7F",
 "\u2581meta\u2581\u2581space \u2581", "\uFFFD bad", "\uFDFA", "<s></s><unk><pad> <extra_id_0> <0x41>", "\u65E5\u672C\u8A9E\u3067\u3059\u3002", "\uD55C\uAD6D\uC5B4", "\u1112\u1161\u11AB", "\u0928\u092E\u0938\u094D\u0924\u0947",
 "ABC <sep> http://x \u03B1\u03B2\u03B3 \u65E5\u672C a b ing", "\u00E9 the \u2581\u2581", "1234 5,678.90", "\u0130\u00DF\u1E9E\u01C5", "a  b\u00A0\u2003c", "\U0010FFFF\uE000", "\u0E33\u0E01\u0E33"]
texts = [json.loads(l)['text'] for l in gzip.open('texts.jsonl.gz', 'rt', encoding='utf-8')]
def ok(t):
    try:
        t.encode('utf-8')
    except UnicodeEncodeError:
        return False
    return 0 < len(t) <= 80
random.seed(4)
texts = own + random.sample([t for t in texts if ok(t)], 50)
models = {}
for f in sorted(glob.glob(shared + '/models/*/*.model')):
    sp = sentencepiece.SentencePieceProcessor(model_file=f)
    rows = []
    for t in texts:
        proto = sp.encode(t, out_type='immutable_proto')
        rows.append([x for p in proto.pieces for x in (p.begin, p.end)])
    models[os.path.relpath(f, shared + '/models')] = rows
out = 'offsets.json.gz'
with open(out,'wb') as o, gzip.GzipFile(filename='', fileobj=o, mode='wb', mtime=0) as g:
    g.write(json.dumps({'texts': texts, 'offsets': models}, separators=(',',':')).encode())
