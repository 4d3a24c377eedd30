"""Writes trec_eval.json: a run full of ties, its judgments, and what trec_eval 10.0-rc3 (github.com/usnistgov/trec_eval) measures.

In trec_eval's meas_print_single.c and meas_print_final.c, %6.4f was replaced by %.12f before building, so that all digits can be compared.
    python3 trec_eval_reference.py PATH_OF_TREC_EVAL
"""

import json
import random
import subprocess
import sys
import tempfile
from pathlib import Path

random.seed(13)
# By bytes, the emoji comes after U+FFFD; by UTF-16 code units, before it.
documents = [f"d{i}" for i in range(1, 31)] + ["Z", "é", "\ufffd", "\U0001f600", "d-1", "d_1"]
judgments, run = {}, {}
for number in range(1, 21):
    query = f"q{number}"
    judged = random.sample(documents, random.randint(2, 20))
    judgments[query] = {document: random.choice([-3, 0, 0, 1, 1, 2, 3]) for document in judged}
    judgments[query][judged[0]] = random.choice([1, 2])
    if number not in (4, 17):  # found nothing
        found = random.sample(documents, random.randint(1, len(documents)))
        run[query] = {document: random.randint(-3, 6) / 4 for document in found}
run["not judged"] = {"d1": 1.0}

measures = ["map", "recip_rank", "ndcg_cut.1,3,10,100", "recall.1,5,20", "P.1,5,50", "success.1,3", "map_cut.2,10", "relative_P.3,10", "unj.1,5,50"]
with tempfile.TemporaryDirectory() as folder:
    qrels, results = Path(folder, "qrels"), Path(folder, "run")
    qrels.write_text("".join(f"{q} 0 {d} {grade}\n" for q, all in judgments.items() for d, grade in all.items()))
    results.write_text("".join(f"{q.replace(' ', '_')} Q0 {d} 0 {score} x\n" for q, all in run.items() for d, score in all.items()))
    options = [part for measure in measures for part in ("-m", measure)]
    lines = subprocess.run([sys.argv[1], "-q", "-c", *options, qrels, results], check=True, capture_output=True, text=True).stdout

values = {}
for measure, query, value in (line.split() for line in lines.splitlines()):
    values.setdefault(query, {})[measure] = float(value)
Path(__file__).with_name("trec_eval.json").write_text(
    json.dumps({"judgments": judgments, "run": run, "values": values}, ensure_ascii=True) + "\n")
