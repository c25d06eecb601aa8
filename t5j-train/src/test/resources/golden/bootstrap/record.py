"""Records sacrebleu's confidence intervals and paired bootstrap for two systems: python3 record.py > sacrebleu.json

"p" is sacrebleu's p-value, which counts the upper tail of absolute differences; "two_sided" counts both tails of the
differences of sacrebleu's scores of other samples.

pip install sacrebleu==2.6.0
"""
import json
import random
import os

os.environ["SACREBLEU_SEED"] = "none"
import numpy
from sacrebleu.metrics import BLEU, CHRF
from sacrebleu.significance import PairedTest

SAMPLES = 20000
random.seed(4)
words = ["the", "king", "of", "a", "house", "sister", "walked", "to", "market", "and", "said", "nothing", "more"]


def changed(sentence, rate):
    return [random.choice(words) if random.random() < rate else word for word in sentence]


references, first, second = [], [], []
for _ in range(80):
    sentence = [random.choice(words) for _ in range(random.randint(4, 14))]
    references.append(" ".join(sentence))
    first.append(" ".join(changed(sentence, 0.30)))
    second.append(" ".join(changed(sentence, 0.24)))

recorded = {"references": references, "first": first, "second": second, "samples": SAMPLES, "scores": {}}
for name, metric in [("bleu", BLEU()), ("chrf", CHRF())]:
    test = PairedTest(
        [("first", first), ("second", second)], {name: metric}, [references], test_type="bs", n_samples=SAMPLES
    )
    _, scores = test()
    key = [k for k in scores if k != "System"][0]
    recorded["scores"][name] = [
        {"score": float(each.score), "mean": float(each.mean), "ci": float(each.ci), "p": float(each.p_value or 1)}
        for each in scores[key]
    ]
    drawn = numpy.random.default_rng(5).choice(len(references), size=(SAMPLES, len(references)))
    sampled = []
    for system in (first, second):
        statistics = numpy.array(metric._extract_corpus_statistics(system, [references]))
        sampled.append(numpy.array([metric._compute_score_from_stats(s.sum(0)).score for s in statistics[drawn]]))
    differences = sampled[1] - sampled[0]
    observed = abs(recorded["scores"][name][1]["score"] - recorded["scores"][name][0]["score"])
    both = numpy.sum(numpy.abs(differences - differences.mean()) >= observed)
    recorded["scores"][name][1]["two_sided"] = float((both + 1) / (SAMPLES + 1))
    recorded["scores"][name][1]["quantiles"] = [float(q) for q in numpy.quantile(differences, [0.025, 0.975])]
print(json.dumps(recorded, ensure_ascii=False, indent=1))
