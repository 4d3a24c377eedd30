"""Twenty training steps of DPR's two towers in PyTorch, whose losses and gradient norms DprParityTests must meet.

    python3 dpr_parity.py > dpr_parity.json

Written for any PyTorch from 1.13 on; the recorded values are of 1.13. What is trained is section 3 of Karpukhin et al. 2020, "Dense Passage
Retrieval for Open-Domain Question Answering": one BERT for questions, another for passages, each text represented by the last layer's state
at its first token (no pooler), similarity their dot product, and the negative log likelihood of a question's own passage among all passages
of the batch: its own, its hard negative, and those of all other questions.

Order is part of it, since PyTorch and TorchSharp draw the same numbers from the same seed, dropout's too:
- weights: the question tower, then the passage tower, from one seed;
- in a step: all questions, then one batch of passages, in which the positives of all questions come first and then their hard negatives.
  (DPR's own code puts the passages of each question together; the loss is the same, only dropout then falls on other rows.)

A passage is a pair, its title of token type 0 and its text of type 1. The case "ids" has passages that occur twice in a batch; they are left
out where they would be negatives of the question they answer. AdamW's epsilon is large, so that float32's rounding stays small.
"""

import json
import math

import torch
import torch.nn as nn
import torch.nn.functional as F

WORDS, WIDTH, LAYERS, HEADS, INNER, POSITIONS = 60, 32, 2, 2, 64, 16
BATCH, QUESTION, PASSAGE, TITLE = 8, 7, 14, 4
STEPS, WARMUP, PEAK, DECAY, CLIP = 20, 5, 1e-3, 0.01, 2.0


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
    """A tower: tokens to the state of the first of them. Its pooler is there, as in the released weights, and unused."""

    def __init__(self, dropout):
        super().__init__()
        self.words, self.positions, self.types = nn.Embedding(WORDS, WIDTH, padding_idx=0), nn.Embedding(POSITIONS, WIDTH), nn.Embedding(2, WIDTH)
        self.norm, self.dropout = nn.LayerNorm(WIDTH, eps=1e-12), dropout
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self.pooler = nn.Linear(WIDTH, WIDTH)
        for module in self.modules():
            if isinstance(module, (nn.Linear, nn.Embedding)):
                nn.init.normal_(module.weight, std=0.2)
            if isinstance(module, nn.Linear):
                nn.init.zeros_(module.bias)
        with torch.no_grad():
            self.words.weight[0] = 0

    def forward(self, ids, types, mask):
        x = self.words(ids) + self.types(types) + self.positions.weight[: ids.shape[1]]
        x = F.dropout(self.norm(x), self.dropout)
        for layer in self.layers:
            x = layer(x, mask)
        return x[:, 0]


def negative_log_likelihood(questions, passages, texts):
    """Equation 2, for all questions of a batch at once.

    questions [B, D]; passages [B + B, D], the positive of question i in row i and its hard negative in row B + i; texts [B + B], which
    text a passage is: the second copy of a question's own passage is not its negative.
    """
    scores = questions @ passages.t()  # [B, 2B], not normalized, temperature 1
    own = torch.arange(len(questions))
    copies = texts[None, :] == texts[own][:, None]
    copies[own, own] = False
    return F.nll_loss(F.log_softmax(scores.masked_fill(copies, -math.inf), dim=1), own)


def texts_of(kind):
    """Which text each passage of a batch is. In "ids" questions 0 and 3 have the same passage, and the hard negative of question 5 is the
    positive of question 1."""
    texts = torch.arange(2 * BATCH)
    if kind == "ids":
        texts[3], texts[BATCH + 5] = 0, 1
    return texts


def sentences(rows, length, step, padded):
    """Token ids and mask [B, T], another batch at each step; rows [B, 1] say which sentences."""
    columns = torch.arange(length)[None, :]
    ids = 5 + (7 * rows + 3 * columns + 11 * step + rows * columns) % (WORDS - 5)
    mask = (columns < 5 + 5 * rows % (length - 4)).long() if padded else None
    return (ids, None) if mask is None else (ids * mask, mask)


def learning_rate(step):
    """Linear warm-up, in which the first step counts too, then linear decay to zero."""
    return PEAK * (step + 1) / (WARMUP + 1) if step < WARMUP else PEAK * (STEPS - step) / (STEPS - WARMUP)


def groups(parameters):
    return [
        {"params": [p for p in parameters if p.dim() > 1], "weight_decay": DECAY},
        {"params": [p for p in parameters if p.dim() <= 1], "weight_decay": 0.0},
    ]


def train(kind, dropout, dtype):
    torch.manual_seed(11)
    question_tower, passage_tower = Bert(dropout), Bert(dropout)
    question_tower.to(dtype)
    passage_tower.to(dtype)
    parameters = [*question_tower.parameters(), *passage_tower.parameters()]
    update = torch.optim.AdamW(groups(parameters), lr=PEAK, eps=1e-3)
    texts = texts_of(kind)
    losses, norms = [], []
    for step in range(STEPS):
        question_ids, question_mask = sentences(torch.arange(BATCH)[:, None], QUESTION, step, kind != "whole")
        passage_ids, passage_mask = sentences(3 + 2 * texts[:, None], PASSAGE, step, kind != "whole")
        passage_types = (torch.arange(PASSAGE) >= TITLE).long().expand_as(passage_ids)
        if passage_mask is not None:
            passage_types = passage_types * passage_mask
        questions = question_tower(question_ids, torch.zeros_like(question_ids), question_mask)
        passages = passage_tower(passage_ids, passage_types, passage_mask)
        loss = negative_log_likelihood(questions, passages, texts)
        update.zero_grad(set_to_none=True)
        loss.backward()
        norms.append(nn.utils.clip_grad_norm_(parameters, CLIP).item())
        for group in update.param_groups:
            group["lr"] = learning_rate(step)
        update.step()
        losses.append(loss.item())
    return {"losses": losses, "norms": norms}


if __name__ == "__main__":
    torch.set_num_threads(2)
    print(json.dumps({f"{kind} {dropout} {dtype}": train(kind, dropout, getattr(torch, dtype.lower()))
                      for kind in ["whole", "padded", "ids"] for dropout in [0, 0.1] for dtype in ["Float32", "Float64"]}, indent=1))
