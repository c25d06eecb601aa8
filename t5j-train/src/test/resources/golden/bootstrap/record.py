"""Records sacrebleu's confidence intervals and paired bootstrap for two systems: python3 record.py > sacrebleu.json

pip install sacrebleu==2.6.0
"""
import json
import random
import os

os.environ["SACREBLEU_SEED"] = "none"
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
print(json.dumps(recorded, ensure_ascii=False, indent=1))
