"""Writes a tiny BERT of random weights in Hugging Face's layout, and what it computes in float64: the reference for BertEncoderTests.

The model is written out from the paper and the released parameter names. Run with PyTorch 1.13 or later: python3 bert-reference.py
"""
import json
import math
import os
import struct

import torch

folder = os.path.join(os.path.dirname(os.path.abspath(__file__)), "Fixtures")
width, heads, layers, inner, words, positions = 16, 2, 2, 24, 40, 12
torch.manual_seed(3)


def random(*shape, around=0.0):
    # Much wider than a trained model's, so that nothing hides in numbers near zero.
    return (torch.randn(*shape) * 0.4 + around).float()


weights = {
    "embeddings.word_embeddings.weight": random(words, width), "embeddings.position_embeddings.weight": random(positions, width),
    "embeddings.token_type_embeddings.weight": random(2, width),
    "embeddings.LayerNorm.weight": random(width, around=1.0), "embeddings.LayerNorm.bias": random(width),
    "pooler.dense.weight": random(width, width), "pooler.dense.bias": random(width),
}
for i in range(layers):
    at = f"encoder.layer.{i}."
    for name in ("query", "key", "value"):
        weights[f"{at}attention.self.{name}.weight"], weights[f"{at}attention.self.{name}.bias"] = random(width, width), random(width)
    for name, a, b in (("attention.output.dense", width, width), ("intermediate.dense", width, inner), ("output.dense", inner, width)):
        weights[f"{at}{name}.weight"], weights[f"{at}{name}.bias"] = random(b, a), random(b)
    for name in ("attention.output.LayerNorm", "output.LayerNorm"):
        weights[f"{at}{name}.weight"], weights[f"{at}{name}.bias"] = random(width, around=1.0), random(width)
head = {
    "cls.predictions.bias": random(words), "cls.predictions.transform.dense.weight": random(width, width),
    "cls.predictions.transform.dense.bias": random(width), "cls.predictions.transform.LayerNorm.weight": random(width, around=1.0),
    "cls.predictions.transform.LayerNorm.bias": random(width),
}
double = {name: value.double() for name, value in {**weights, **head}.items()}


def linear(x, name):
    return x @ double[name + ".weight"].t() + double[name + ".bias"]


def norm(x, name, eps=1e-5):
    centered = x - x.mean(-1, keepdim=True)
    return centered / torch.sqrt((centered ** 2).mean(-1, keepdim=True) + eps) * double[name + ".weight"] + double[name + ".bias"]


def gelu(x):
    return x * 0.5 * (1 + torch.erf(x / math.sqrt(2)))


def split(x):
    return x.view(x.shape[0], x.shape[1], heads, width // heads).permute(0, 2, 1, 3)


ids = torch.tensor([[2, 7, 9, 30, 3, 11, 3], [2, 39, 3, 0, 0, 0, 0], [2, 8, 8, 12, 25, 3, 0]])
mask = (ids != 0).long()
types = torch.tensor([[0, 0, 0, 0, 0, 1, 1], [0] * 7, [0, 0, 0, 1, 1, 1, 0]])
x = double["embeddings.word_embeddings.weight"][ids] + double["embeddings.position_embeddings.weight"][:7] + double["embeddings.token_type_embeddings.weight"][types]
states = [norm(x, "embeddings.LayerNorm")]
for i in range(layers):
    at, x = f"encoder.layer.{i}.", states[-1]
    q, k, v = (split(linear(x, f"{at}attention.self.{name}")) for name in ("query", "key", "value"))
    logits = q @ k.transpose(-1, -2) / math.sqrt(width // heads) + (1.0 - mask[:, None, None, :].double()) * torch.finfo(torch.float64).min
    context = (logits.softmax(-1) @ v).permute(0, 2, 1, 3).reshape(x.shape)
    x = norm(linear(context, f"{at}attention.output.dense") + x, f"{at}attention.output.LayerNorm")
    states.append(norm(linear(gelu(linear(x, f"{at}intermediate.dense")), f"{at}output.dense") + x, f"{at}output.LayerNorm"))
last = states[-1]
mean = lambda h: (h * mask.unsqueeze(-1)).sum(1) / mask.sum(-1, keepdim=True)
logits = norm(gelu(linear(last, "cls.predictions.transform.dense")), "cls.predictions.transform.LayerNorm") \
    @ double["embeddings.word_embeddings.weight"].t() + double["cls.predictions.bias"]
labels = torch.full_like(ids, -100)
labels[0, 2], labels[0, 5], labels[2, 1] = 14, 11, 8

config = {"architectures": ["BertModel"], "model_type": "bert", "vocab_size": words, "hidden_size": width, "num_hidden_layers": layers,
          "num_attention_heads": heads, "intermediate_size": inner, "hidden_act": "gelu", "hidden_dropout_prob": 0.1,
          "attention_probs_dropout_prob": 0.1, "max_position_embeddings": positions, "type_vocab_size": 2, "initializer_range": 0.02,
          "layer_norm_eps": 1e-05, "pad_token_id": 0, "position_embedding_type": "absolute", "transformers_version": "4.30.2"}
vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"] + list("abcdefghijklmnopqrstuvwxyz") + ["##" + c for c in "aeinorst"] + ["the"]


def write(name, tensors, as_pickle):
    to = os.path.join(folder, name)
    os.makedirs(to, exist_ok=True)
    with open(os.path.join(to, "config.json"), "w") as out:
        out.write(json.dumps(config, indent=2) + "\n")
    with open(os.path.join(to, "vocab.txt"), "w") as out:
        out.write("".join(token + "\n" for token in vocabulary))
    if as_pickle:
        torch.save(tensors, os.path.join(to, "pytorch_model.bin"))
        return
    header, body = {"__metadata__": {"format": "pt"}}, b""
    for key, value in tensors.items():
        data = value.contiguous().numpy().tobytes()
        header[key] = {"dtype": "F32", "shape": list(value.shape), "data_offsets": [len(body), len(body) + len(data)]}
        body += data
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(os.path.join(to, "model.safetensors"), "wb") as out:
        out.write(struct.pack("<Q", len(text)) + text + body)


# As BertModel is saved today; and as BERT was first released, with a prefix, gamma and beta, and both pre-training heads.
write("tiny-bert", weights, as_pickle=False)
old = {"bert." + name.replace("LayerNorm.weight", "LayerNorm.gamma").replace("LayerNorm.bias", "LayerNorm.beta"): value for name, value in weights.items()}
old |= head | {"cls.predictions.decoder.weight": weights["embeddings.word_embeddings.weight"], "cls.seq_relationship.weight": random(2, width),
               "cls.seq_relationship.bias": random(2), "bert.embeddings.position_ids": torch.arange(positions)[None]}
write("tiny-bert-first-release", old, as_pickle=True)
with open(os.path.join(folder, "tiny-bert.json"), "w") as out:
    json.dump({"ids": ids.tolist(), "mask": mask.tolist(), "types": types.tolist(), "labels": labels.tolist(),
               "states": [s.flatten().tolist() for s in states], "pooled": linear(last[:, 0], "pooler.dense").tanh().flatten().tolist(),
               "mean": mean(last).flatten().tolist(), "firstLastMean": mean((states[1] + last) / 2).flatten().tolist(),
               "loss": torch.nn.functional.cross_entropy(logits.flatten(0, 1), labels.flatten()).item(), "logits": logits[0, 2].tolist()}, out)
    out.write("\n")
