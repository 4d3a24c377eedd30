"""Twenty training steps of CLIP in PyTorch, whose losses and gradient norms ClipParityTests must meet.

    python3 clip_parity.py > clip_parity.json

Written for any PyTorch from 1.13 on; the recorded values are of 1.13. What is trained is figure 3 of Radford et al. 2021, "Learning
Transferable Visual Models From Natural Language Supervision": a vision transformer read at its class token, a causal text transformer read at
its end-of-text token, both with the norm before the layers and quick GELU, a linear projection of each, unit length, and the symmetric
cross-entropy of their scaled products. The case "siglip" is Zhai et al. 2023, "Sigmoid Loss for Language Image Pre-Training": no class token,
a head with a probe that attends to the patches, texts of full length read at their last token through a linear layer, and a sigmoid for each
pair. "clip 0.5" leaves half of the patches out (Li et al. 2023).

Everything is computed for all tokens and in the plain order of the papers. Order is part of it where numbers are drawn, since PyTorch and
TorchSharp draw the same from the same seed: each part draws PyTorch's default weights when it is made, and then CLIP's own.
AdamW's epsilon is large, so that float32's rounding stays small.
"""

import json
import math

import torch
import torch.nn as nn
import torch.nn.functional as F

IMAGE, PATCH, WIDTH, LAYERS, HEADS, INNER, JOINT = 12, 4, 32, 3, 2, 64, 32
TOKENS, CONTEXT, TEXT_WIDTH, TEXT_HEADS, TEXT_INNER = 514, 11, 32, 4, 96
BATCH, STEPS, WARMUP, PEAK, DECAY, CLIP = 16, 20, 5, 1e-3, 0.01, 2.0
PATCHES = (IMAGE // PATCH) ** 2


def activation(kind):
    if kind == "siglip":
        return lambda x: 0.5 * x * (1 + torch.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x**3)))
    return lambda x: x * torch.sigmoid(1.702 * x)


def attend(q, k, v, heads, mask=None):
    q, k, v = (x.reshape(*x.shape[:2], heads, -1).transpose(1, 2) for x in (q, k, v))
    logits = q @ k.transpose(-1, -2) / math.sqrt(q.shape[-1])
    if mask is not None:
        logits = logits.masked_fill(mask, -math.inf)
    return (logits.softmax(-1) @ v).transpose(1, 2).flatten(2)


class FeedForward(nn.Module):
    def __init__(self, width, inner, kind):
        super().__init__()
        self.fc1, self.fc2, self.act = nn.Linear(width, inner), nn.Linear(inner, width), activation(kind)

    def start(self, layers):
        width = self.fc1.in_features
        draw(self.fc1, (2 * width) ** -0.5)
        draw(self.fc2, (2 * layers * width) ** -0.5)

    def forward(self, x):
        return self.fc2(self.act(self.fc1(x)))


class Layer(nn.Module):
    def __init__(self, width, heads, inner, kind, epsilon):
        super().__init__()
        self.q, self.k, self.v, self.out = (nn.Linear(width, width) for _ in range(4))
        self.norm1, self.norm2, self.heads = nn.LayerNorm(width, eps=epsilon), nn.LayerNorm(width, eps=epsilon), heads
        self.ff = FeedForward(width, inner, kind)

    def start(self, layers):
        width = self.q.in_features
        for part in (self.q, self.k, self.v):
            draw(part, width**-0.5)
        draw(self.out, (2 * layers * width) ** -0.5)
        self.ff.start(layers)

    def forward(self, x, mask=None):
        y = self.norm1(x)
        x = x + self.out(attend(self.q(y), self.k(y), self.v(y), self.heads, mask))
        return x + self.ff(self.norm2(x))


def draw(layer, deviation):
    nn.init.normal_(layer.weight, std=deviation)
    if getattr(layer, "bias", None) is not None:
        nn.init.zeros_(layer.bias)


def layers_of(width, heads, inner, kind, epsilon):
    layers = nn.ModuleList(Layer(width, heads, inner, kind, epsilon) for _ in range(LAYERS))
    for layer in layers:
        layer.start(LAYERS)
    return layers


class Head(nn.Module):
    """SigLIP's: a probe attends to the patches."""

    def __init__(self, kind, epsilon):
        super().__init__()
        self.probe = nn.Parameter(torch.empty(1, 1, WIDTH).normal_(0, WIDTH**-0.5))
        self.weight = nn.Parameter(torch.empty(3 * WIDTH, WIDTH).normal_(0, WIDTH**-0.5))
        self.bias, self.out = nn.Parameter(torch.zeros(3 * WIDTH)), nn.Linear(WIDTH, WIDTH)
        draw(self.out, (2 * WIDTH) ** -0.5)
        self.norm, self.ff = nn.LayerNorm(WIDTH, eps=epsilon), FeedForward(WIDTH, INNER, kind)
        self.ff.start(1)

    def forward(self, x):
        (wq, wk, wv), (bq, bk, bv) = self.weight.chunk(3), self.bias.chunk(3)
        probe = self.probe.expand(len(x), -1, -1)
        y = self.out(attend(F.linear(probe, wq, bq), F.linear(x, wk, bk), F.linear(x, wv, bv), HEADS))
        return (y + self.ff(self.norm(y)))[:, 0]


class Vision(nn.Module):
    def __init__(self, kind, dropout, epsilon):
        super().__init__()
        self.siglip, self.dropout = kind == "siglip", dropout
        if not self.siglip:
            self.first = nn.Parameter(torch.empty(WIDTH).normal_(0, WIDTH**-0.5))
        self.patches = nn.Conv2d(3, WIDTH, PATCH, stride=PATCH, bias=self.siglip)
        self.positions = nn.Embedding(PATCHES + (not self.siglip), WIDTH)
        draw(self.positions, WIDTH**-0.5)
        self.norm1 = nn.Identity() if self.siglip else nn.LayerNorm(WIDTH, eps=epsilon)
        self.layers = layers_of(WIDTH, HEADS, INNER, kind, epsilon)
        self.norm2 = nn.LayerNorm(WIDTH, eps=epsilon)
        self.head = Head(kind, epsilon) if self.siglip else None

    def forward(self, images):
        x = self.patches(images).flatten(2).transpose(1, 2)
        if not self.siglip:
            x = torch.cat([self.first.expand(len(x), 1, -1), x], 1)
        x = x + self.positions.weight
        if self.dropout > 0:
            kept = torch.rand(len(x), PATCHES).topk(max(1, round(PATCHES * (1 - self.dropout))), dim=1).indices
            x = torch.cat([x[:, :1], x[:, 1:].gather(1, kept[:, :, None].expand(-1, -1, WIDTH))], 1)
        x = self.norm1(x)
        for layer in self.layers:
            x = layer(x)
        x = self.norm2(x)
        return self.head(x) if self.siglip else x[:, 0]


class Text(nn.Module):
    def __init__(self, kind, epsilon):
        super().__init__()
        self.siglip = kind == "siglip"
        self.tokens, self.positions = nn.Embedding(TOKENS, TEXT_WIDTH), nn.Embedding(CONTEXT, TEXT_WIDTH)
        draw(self.tokens, 0.02)
        draw(self.positions, 0.01)
        self.layers = layers_of(TEXT_WIDTH, TEXT_HEADS, TEXT_INNER, kind, epsilon)
        self.norm = nn.LayerNorm(TEXT_WIDTH, eps=epsilon)
        if self.siglip:
            self.head = nn.Linear(TEXT_WIDTH, TEXT_WIDTH)
            draw(self.head, TEXT_WIDTH**-0.5)

    def forward(self, ids):
        x = self.tokens(ids) + self.positions.weight[: ids.shape[1]]
        mask = None if self.siglip else torch.ones(ids.shape[1], ids.shape[1], dtype=torch.bool).triu(1)
        for layer in self.layers:
            x = layer(x, mask)
        x = self.norm(x)
        return self.head(x[:, -1]) if self.siglip else x[torch.arange(len(x)), ids.argmax(1)]


class Model(nn.Module):
    def __init__(self, kind, dropout):
        super().__init__()
        self.siglip, epsilon = kind == "siglip", 1e-6 if kind == "siglip" else 1e-5
        self.vision, self.text = Vision(kind, dropout, epsilon), Text(kind, epsilon)
        if not self.siglip:
            self.image_projection, self.text_projection = nn.Linear(WIDTH, JOINT, bias=False), None
            draw(self.image_projection, WIDTH**-0.5)
            self.text_projection = nn.Linear(TEXT_WIDTH, JOINT, bias=False)
            draw(self.text_projection, TEXT_WIDTH**-0.5)
        self.scale = nn.Parameter(torch.tensor(math.log(10 if self.siglip else 1 / 0.07)))
        if self.siglip:
            self.bias = nn.Parameter(torch.tensor(-10.0))

    def forward(self, images, ids):
        x, y = self.vision(images), self.text(ids)
        if not self.siglip:
            x, y = self.image_projection(x), self.text_projection(y)
            with torch.no_grad():
                self.scale.clamp_(max=math.log(100))
        logits = self.scale.exp() * F.normalize(x, dim=1) @ F.normalize(y, dim=1).t()
        if self.siglip:
            signs = 2 * torch.eye(len(x), dtype=x.dtype) - 1
            return -F.logsigmoid(signs * (logits + self.bias)).sum() / len(x)
        labels = torch.arange(len(x))
        return (F.cross_entropy(logits, labels) + F.cross_entropy(logits.t(), labels)) / 2


def images_of(step, dtype):
    """[N, 3, H, W] in [0, 1], normalized as CLIP does it."""
    n, c, y, x = torch.arange(BATCH)[:, None, None, None], torch.arange(3)[:, None, None], torch.arange(IMAGE)[:, None], torch.arange(IMAGE)
    images = ((7 * n + 3 * c + 5 * y + 11 * x + 13 * step + n * y + c * x) % 64).to(dtype) / 63
    mean, std = torch.tensor([0.48145466, 0.4578275, 0.40821073]).to(dtype), torch.tensor([0.26862954, 0.26130258, 0.27577711]).to(dtype)
    return (images - mean[:, None, None]) / std[:, None, None]


def texts_of(step, kind):
    """Token ids [N, T]: start, words, end, and 0 after it; of siglip words and end only, as if padded with the end."""
    rows, columns = torch.arange(BATCH)[:, None], torch.arange(CONTEXT)[None, :]
    ids = (7 * rows + 3 * columns + 11 * step + rows * columns) % (TOKENS - 2)
    last = 3 + 5 * rows % (CONTEXT - 3)
    if kind == "siglip":
        return torch.where(columns >= last, TOKENS - 1, ids)
    ids = torch.where(columns == 0, TOKENS - 2, ids)
    return torch.where(columns == last, TOKENS - 1, ids) * (columns <= last)


def learning_rate(step):
    """Linear warm-up, in which the first step counts too, then linear decay to zero."""
    return PEAK * (step + 1) / (WARMUP + 1) if step < WARMUP else PEAK * (STEPS - step) / (STEPS - WARMUP)


def train(kind, dropout, dtype):
    torch.manual_seed(11)
    model = Model(kind, dropout).to(dtype)
    parameters = list(model.parameters())
    update = torch.optim.AdamW(
        [
            {"params": [p for p in parameters if p.dim() > 1], "weight_decay": DECAY},
            {"params": [p for p in parameters if p.dim() <= 1], "weight_decay": 0.0},
        ],
        lr=PEAK,
        eps=1e-3,
    )
    losses, norms = [], []
    for step in range(STEPS):
        loss = model(images_of(step, dtype), texts_of(step, kind))
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
    print(json.dumps({f"{kind} {dropout} {str(dtype)[6:].title()}": train(kind, dropout, dtype)
                      for kind, dropout in [("clip", 0), ("clip", 0.5), ("siglip", 0)] for dtype in [torch.float32, torch.float64]}, indent=1))
