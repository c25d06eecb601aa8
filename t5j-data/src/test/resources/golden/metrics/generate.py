"""Writes the JSON files beside it: scores by the reference implementations that README.md names.

python generate.py CORPORA, where CORPORA has austen.valid.txt and kjv.txt (both in the public domain).
"""

import json
import math
import random
import re
import sys
import warnings
from pathlib import Path

import sacrebleu
import sklearn.metrics
from nltk.stem.porter import PorterStemmer
from rouge_score import rouge_scorer
from sacrebleu.metrics import BLEU, CHRF
from t5.evaluation import metrics, qa_utils

warnings.simplefilter("ignore")
HERE = Path(__file__).parent
CORPORA = Path(sys.argv[1])
RANDOM = random.Random(5)

ODD = [
    "„Größe“ – ist‘s 3,5 % oder 1.000.000 €?",
    "他说：“你好，世界！”（2023年） – 𠀀𠀁 OK",
    "It costs $5.00 (or £4,20) & more... e.g. a-b 10-12 <tag> &quot;quoted&quot; &lt;x&gt;.",
    "C'est l'été\u00a0: «\u00a0oui\u00a0»!",
    "x² + y² = z²; ½ ≠ 0.5 → ok ✓",
    "مرحبا، كيف حالك؟",
    "नमस्ते दुनिया। १२,३४५",
    "emoji 😀😀, (and_under_score) ~tilde^ `tick` |pipe|",
    "a\u3000b\tc  d ",
    "windows\r\nline ends\r\nhere",
    "İstanbul ΣΑΣ straße",
    "  .5 中文 and .25, ok",
]


def lines(name, count, least=5, most=40):
    wanted = [l.strip() for l in open(CORPORA / name, encoding="utf-8") if least <= len(l.split()) <= most]
    return RANDOM.sample(wanted, count)


def corrupted(text, rate):
    """Some words dropped, doubled, swapped, or with a letter lost."""
    words = text.split(" ")
    out = []
    for word in words:
        roll = RANDOM.random()
        if roll < rate * 0.4:
            continue
        if roll < rate * 0.5:
            out.append(word)
        if roll < rate * 0.7 and len(word) > 2:
            at = RANDOM.randrange(len(word))
            word = word[:at] + word[at + 1:]
        out.append(word)
        if roll > 1 - rate * 0.2 and len(out) > 1:
            out[-1], out[-2] = out[-2], out[-1]
    return " ".join(out)


def write(name, value):
    with open(HERE / name, "w", encoding="utf-8") as file:
        json.dump(value, file, ensure_ascii=False, indent=0)
        file.write("\n")


def translation():
    """BLEU and chrF of one and of three targets, of single sentences, of odd ones."""
    austen = lines("austen.valid.txt", 12)
    kjv = lines("kjv.txt", 12)
    texts = austen + kjv
    corpora = [
        ([[t] for t in texts], [corrupted(t, 0.3) for t in texts]),
        ([[t, corrupted(t, 0.2), corrupted(t, 0.5)] for t in texts], [corrupted(t, 0.4) for t in texts]),
        ([[t] for t in ODD], [corrupted(t, 0.3) for t in ODD]),
        ([[t, t.upper()] for t in ODD], [t.lower() for t in ODD]),
        ([["", "the cat sat on the mat"], ["a dog", ""]], ["the cat sat on a mat", "a dog"]),
        ([["the cat"], ["sat"]], ["", ""]),
        ([["okay thanks"]], ["this is a cat"]),
        ([["a b"]], ["a b"]),
        ([["a b c"]], ["a b"]),
        ([["one two three four five six"]], ["one two three four"]),
        ([["ein Wort"], ["zwei"]], ["ein Wort", "drei"]),
    ]
    for t in texts[:4] + ODD[:4]:
        corpora.append(([[t]], [corrupted(t, 0.5)]))
    bleus = {"bleu": {}, "bleu_intl": {"tokenize": "intl"}, "bleu_none": {"tokenize": "none"},
             "bleu_char": {"tokenize": "char"}, "bleu_zh": {"tokenize": "zh"}, "bleu_lc": {"lowercase": True},
             "smooth none": {"smooth_method": "none"}, "smooth floor": {"smooth_method": "floor"},
             "smooth floor 0.5": {"smooth_method": "floor", "smooth_value": 0.5},
             "smooth add-k": {"smooth_method": "add-k"},
             "smooth add-k 2": {"smooth_method": "add-k", "smooth_value": 2},
             "effective": {"effective_order": True},
             "effective none": {"effective_order": True, "smooth_method": "none"},
             "effective floor": {"effective_order": True, "smooth_method": "floor"}}
    chrfs = {"chrf": {}, "chrf++": {"word_order": 2}, "chrf space": {"whitespace": True},
             "chrf lc": {"lowercase": True}, "chrf++ eps": {"word_order": 2, "eps_smoothing": True}}
    cases = []
    for targets, predictions in corpora:
        streams = [list(stream) for stream in zip(*targets)]
        scores, signatures = {}, {}
        for make, variants in ((BLEU, bleus), (CHRF, chrfs)):
            for name, options in variants.items():
                metric = make(**options)
                scores[name] = metric.corpus_score(predictions, streams).score
                signatures[name] = str(metric.get_signature())
        cases.append({"targets": targets, "predictions": predictions, "scores": scores, "signatures": signatures})
    write("translation.json", {"source": "sacrebleu " + sacrebleu.__version__, "cases": cases})


def summaries():
    """ROUGE of pairs, as rouge_score scores them and as T5 prepares them; stems."""
    types = ["rouge1", "rouge2", "rougeL", "rougeLsum"]
    pairs = []
    for source in ("austen.valid.txt", "kjv.txt"):
        for _ in range(12):
            sentences = lines(source, 4, 4, 25)
            for end in ("\n", " . ", "\r\n", " "):
                target = end.join(sentences)
                order = sentences[:]
                RANDOM.shuffle(order)
                pairs.append((target, end.join(corrupted(s, 0.4) for s in order[: RANDOM.randint(1, 4)])))
    pairs += [(t, corrupted(t, 0.3)) for t in ODD]
    pairs += [("testing one two", "testing"), ("testing one two", ""), ("", "w1"), ("", ""), ("w1 w2", "/"),
              ("w1 w2 w3 w4 w5", "w1 w2 w6 w7 w8\nw1 w3 w8 w9 w5"), ("a\n\n\nb", "\nb\n\na"),
              ("the flies died . skies dying . running", "a fly dies . sky died . runs")]
    cases = []
    for target, prediction in pairs:
        case = {"target": target, "prediction": prediction}
        for name, stem in (("rouge", False), ("rouge_stem", True)):
            scorer = rouge_scorer.RougeScorer(types, use_stemmer=stem)
            prepared = scorer.score(target.replace(" . ", " .\n"), prediction.replace(" . ", " .\n"))
            case[name] = {key: 100 * prepared[key].fmeasure for key in types}
        cases.append(case)
    write("rouge.json", {"source": "rouge_score, see README.md", "cases": cases})
    words = set()
    for source in ("austen.valid.txt", "kjv.txt"):
        words.update(re.findall("[a-z]+", open(CORPORA / source, encoding="utf-8").read().lower()))
    stemmer = PorterStemmer()
    special = ["sky", "skies", "dying", "news", "howe", "proceed", "innings", "flies", "dies", "died", "spied", "yyyy",
               "sayyy", "enjoyment", "geology", "theology", "archaeology", "generalli", "hopefulli", "formality", "1960s",
               "b2b", "agreed", "feed", "hopping", "falling", "fizzed", "controll", "roll", "ion", "adoption", "onion",
               "bed", "red", "owed", "eyed", "ied", "eed", "ing", "sing", "king", "ly", "ally", "s", "ss", "is", "y",
               "by", "syzygy", "toy", "relational", "conditional", "vietnamization", "sensibility", "electricity"]
    chosen = sorted(words)[::3] + special
    write("stems.json", {"source": "nltk's PorterStemmer, see README.md", "stems": {w: stemmer.stem(w) for w in chosen}})


def finite(score):
    return None if math.isnan(score) else float(score)


def labels():
    """Class numbers, some of the predictions invalid, and numbers; null is NaN."""
    cases = []
    for classes, size, wrong, invalid in [(2, 40, 0.3, 0), (2, 40, 0.3, 0.2), (2, 7, 1, 0), (2, 5, 0, 0), (3, 50, 0.4, 0),
                                          (3, 50, 0.4, 0.2), (3, 4, 1, 1), (2, 3, 1, 1), (5, 60, 0.5, 0.1)]:
        targets = [RANDOM.randrange(classes) for _ in range(size)]
        predictions = [RANDOM.randrange(classes) if RANDOM.random() < wrong else t for t in targets]
        predictions = [-1 if RANDOM.random() < invalid else p for p in predictions]
        cases.append((classes, targets, predictions))
    cases += [(2, [0] * 4, [0] * 4), (2, [0] * 4, [1] * 4), (2, [1, 0, 1], [1, 1, 1]), (3, [0, 1, 1, 2], [0, 0, 2, 2]),
              (2, [0, 1, 1, 0], [0, 1, 2, 2]), (3, [0, 0, 2, 1], [0, 1, 2, 1])]
    out = []
    for classes, targets, predictions in cases:
        scores = {}
        scores.update(metrics.accuracy(targets, predictions))
        scores.update(metrics.sequence_accuracy(targets, predictions))
        scores["matthews_corrcoef"] = 100 * sklearn.metrics.matthews_corrcoef(targets, predictions)
        if classes == 2:
            scores["f1_with_invalid"] = metrics.f1_score_with_invalid(targets, predictions)["f1"]
            scores["f1"] = 100 * sklearn.metrics.f1_score(targets, predictions, labels=[1], average="micro")
        if classes == 3:
            scores.update(metrics.mean_multiclass_f1(num_classes=3)(targets, predictions))
        seen = sorted(set(targets))
        for average in ("micro", "macro"):
            scores["f1_" + average] = 100 * sklearn.metrics.f1_score(targets, predictions, labels=seen, average=average)
        out.append({"targets": [str(t) for t in targets], "predictions": [str(p) for p in predictions],
                    "scores": {k: float(v) for k, v in scores.items()}})
    numbers = []
    pairs = [([round(RANDOM.random() * 5 * 5) / 5 for _ in range(60)], 1.0) for _ in range(4)]
    pairs = [(t, [round((x + RANDOM.gauss(0, noise)) * 5) / 5 for x in t]) for t, noise in pairs]
    pairs += [([0, 2], [0, 1]), ([0, 2, 1], [0, 1, 2]), ([1, 2, 3], [3, 2, 1]), ([1, 2, 3], [2, 2, 2]), ([4, 4], [1, 2]),
              ([1e-9, 2e-9, 3.5e-9], [1e9, 3e9, 2e9]), ([1, 1, 2, 2, 3], [1, 2, 2, 2, -1])]
    for targets, predictions in pairs:
        numbers.append({"targets": [repr(float(t)) for t in targets], "predictions": [repr(float(p)) for p in predictions],
                        "scores": {k: finite(v) for k, v in {**metrics.pearson_corrcoef(targets, predictions),
                                                             **metrics.spearman_corrcoef(targets, predictions)}.items()}})
    write("labels.json", {"source": "t5.evaluation.metrics, sklearn, scipy, see README.md", "classes": out,
                          "numbers": numbers})


def answers():
    """Questions with several answers, normalised texts, MultiRC's and ReCoRD's groups, edits."""
    texts = ["`Needs\tA_LOT of the 'normalization'.\"‘", "needs no normalization", "The  An a", "a.b.c", "an-the-a", "THE END",
             "théâtre a", "the_end an1", "don ' t", "don't", "«L'an 2000»", "naïve, the café!", "´quoted`", "", "!!!",
             "thé the\u00a0an", "١٢ a٣", "x\r\ny", "İ the", "𠀁a the𝐧 a𠀁 𝐧 an"] + lines("austen.valid.txt", 8, 3, 12)
    normalized = [{"text": t, "squad": qa_utils.normalize_squad(t), "trivia_qa": qa_utils.normalize_trivia_qa(t)}
                  for t in texts]
    questions = [(["big moose", "hippo"], "a big  Moose!"), (["correct1"], "wrong"),
                 (["correct2.1", "correct2.2"], "correct2.2"), (["a", "b"], "c"), (["abc abd", "$$$$"], "abd"),
                 (["a"], ""), (["the"], "an"), (["don ' t"], "don't"), (["x x y"], "x y y")]
    for t in lines("kjv.txt", 12, 4, 14):
        questions.append(([corrupted(t, 0.3), t, corrupted(t, 0.6)][: RANDOM.randint(1, 3)], corrupted(t, 0.5)))
    targets, predictions = [q[0] for q in questions], [q[1] for q in questions]
    scores = {"squad": metrics.squad(targets, predictions), "trivia_qa": metrics.trivia_qa(targets, predictions)}
    groups = [RANDOM.randrange(9) for _ in questions]
    scores["record"] = metrics.deduplicate_metric(metrics.squad)(
        [{"group": (g % 3, g // 3), "value": t} for g, t in zip(groups, targets)], [{"value": p} for p in predictions])
    multirc = {"targets": [RANDOM.randrange(2) for _ in range(40)], "groups": [RANDOM.randrange(12) for _ in range(40)]}
    multirc["predictions"] = [t if RANDOM.random() < 0.8 else RANDOM.choice([-1, 1 - t]) for t in multirc["targets"]]
    wanted = [{"group": g, "value": t} for g, t in zip(multirc["groups"], multirc["targets"])]
    given = [{"value": p} for p in multirc["predictions"]]
    multirc["scores"] = {**metrics.multirc_f1_over_all_answers(wanted, given),
                         **metrics.mean_group_metric(metrics.all_match)(wanted, given)}
    written = lines("austen.valid.txt", 15) + ODD
    wrong = [corrupted(t, 0.4) for t in written]
    wrong[0] = ""
    write("answers.json", {
        "source": "t5.evaluation, see README.md", "normalized": normalized,
        "questions": [{"answers": t, "prediction": p, "passage": g % 3, "query": g // 3}
                      for t, p, g in zip(targets, predictions, groups)],
        "scores": {k: {n: float(s) for n, s in v.items()} for k, v in scores.items()},
        "multirc": {k: {n: float(s) for n, s in v.items()} if k == "scores" else v for k, v in multirc.items()},
        "edits": {"targets": written, "predictions": wrong,
                  "scores": {k: float(v) for k, v in metrics.edit_distance(written, wrong).items()}}})


translation()
summaries()
labels()
answers()
