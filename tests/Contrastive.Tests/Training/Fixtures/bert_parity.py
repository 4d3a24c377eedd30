"""Some steps of masked-token training and of unsupervised SimCSE in PyTorch, whose losses BertParityTests must meet.

    python3 bert_parity.py > bert_parity.json

Written for any PyTorch from 1.13 on; the recorded values are of 1.13. The model is written out from the paper, with no shortcut for padding;
order of construction, seeds and batches are those of the test: PyTorch and TorchSharp draw the same numbers from the same seed, dropout's too.
AdamW's epsilon is large, so that float32's rounding stays small.
"""

import json
import math

import torch
import torch.nn as nn
import torch.nn.functional as F

WORDS, WIDTH, LAYERS, HEADS, INNER, POSITIONS = 60, 32, 2, 2, 64, 16
BATCH, LENGTH, STEPS = 16, 12, 6


class Residual(nn.Module):
    def __init__(self, inputs, dropout):
        super().__init__()
        self.dense, self.norm, self.dropout = nn.Linear(inputs, WIDTH), nn.LayerNorm(WIDTH, eps=1e-12), dropout

    def forward(self, x, residual):
        return self.norm(F.dropout(self.dense(x), self.dropout) + residual)


class Layer(nn.Module):
    def __init__(self, dropout):
        super().__init__()
        self.query, self.key, self.value = nn.Linear(WIDTH, WIDTH), nn.Linear(WIDTH, WIDTH), nn.Linear(WIDTH, WIDTH)
        self.attended, self.inner, self.output = Residual(WIDTH, dropout), nn.Linear(WIDTH, INNER), Residual(INNER, dropout)
        self.dropout = dropout

    def forward(self, x, mask):
        q, k, v = (part(x).view(*x.shape[:2], HEADS, -1).transpose(1, 2) for part in (self.query, self.key, self.value))
        logits = q @ k.transpose(-1, -2) / math.sqrt(WIDTH // HEADS)
        if mask is not None:
            logits = logits + (1 - mask.to(x.dtype))[:, None, None, :] * torch.finfo(x.dtype).min
        context = F.dropout(logits.softmax(-1), self.dropout) @ v
        x = self.attended(context.transpose(1, 2).reshape(x.shape), x)
        return self.output(F.gelu(self.inner(x)), x)


class Bert(nn.Module):
    def __init__(self, dropout):
        super().__init__()
        self.words, self.positions, self.types = nn.Embedding(WORDS, WIDTH, padding_idx=0), nn.Embedding(POSITIONS, WIDTH), nn.Embedding(2, WIDTH)
        self.norm, self.dropout = nn.LayerNorm(WIDTH, eps=1e-12), dropout
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self.pooler = nn.Linear(WIDTH, WIDTH)
        initialize(self)

    def forward(self, ids, mask):
        x = self.words(ids) + self.types(torch.zeros_like(ids)) + self.positions.weight[: ids.shape[1]]
        x = F.dropout(self.norm(x), self.dropout)
        for layer in self.layers:
            x = layer(x, mask)
        return x


class Masked(nn.Module):
    def __init__(self, bert):
        super().__init__()
        self.bert, self.dense, self.norm = bert, nn.Linear(WIDTH, WIDTH), nn.LayerNorm(WIDTH, eps=1e-12)
        self.bias = nn.Parameter(torch.zeros(WORDS))
        initialize(self.dense)

    def forward(self, hidden):
        return F.linear(self.norm(F.gelu(self.dense(hidden))), self.bert.words.weight, self.bias)


def initialize(root):
    for module in root.modules():
        if isinstance(module, (nn.Linear, nn.Embedding)):
            nn.init.normal_(module.weight, std=0.2)
        if isinstance(module, nn.Linear):
            nn.init.zeros_(module.bias)
    if isinstance(root, Bert):
        with torch.no_grad():
            root.words.weight[0] = 0


def batch(step, padded):
    rows, columns = torch.meshgrid(torch.arange(BATCH), torch.arange(LENGTH), indexing="ij")
    ids = 5 + (7 * rows + 3 * columns + 11 * step + rows * columns) % (WORDS - 5)
    mask = (columns < 3 + 5 * rows % (LENGTH - 2)).long() if padded else None
    labels = torch.where((rows + columns + step) % 4 == 1, ids, -100)
    return (ids, None, labels) if mask is None else (ids * mask, mask, labels.masked_fill(mask == 0, -100))


def groups(network):
    parameters = list(network.parameters())
    return [
        {"params": [p for p in parameters if p.dim() > 1], "weight_decay": 0.01},
        {"params": [p for p in parameters if p.dim() <= 1], "weight_decay": 0.0},
    ]


def train(task, padded, dropout, dtype):
    torch.manual_seed(11)
    bert = Bert(dropout)
    network = (Masked(bert) if task == "mlm" else bert).to(dtype)
    update = torch.optim.AdamW(groups(network), lr=1e-3, eps=1e-3)
    losses = []
    for step in range(STEPS):
        ids, mask, labels = batch(step, padded)
        if task == "mlm":
            loss = F.cross_entropy(network(bert(ids.masked_fill(labels >= 0, 4), mask)).flatten(0, 1), labels.flatten())
        else:
            hidden = bert(ids.repeat(2, 1), None if mask is None else mask.repeat(2, 1))
            first, second = F.normalize(bert.pooler(hidden[:, 0]).tanh(), dim=1).chunk(2)
            loss = F.cross_entropy(first @ second.t() / 0.05, torch.arange(BATCH))
        update.zero_grad()
        loss.backward()
        update.step()
        losses.append(loss.item())
    return losses


if __name__ == "__main__":
    torch.set_num_threads(2)
    print(json.dumps({f"{task} {'padded' if padded else 'whole'} {dropout} {dtype}": train(task, padded, dropout, getattr(torch, dtype.lower()))
                      for task in ["mlm", "simcse"] for padded in [False, True] for dropout in [0, 0.1] for dtype in ["Float32", "Float64"]}, indent=1))
