"""Twenty steps of SimCLR in PyTorch, whose losses SimClrParityTests must meet.

    python3 simclr_parity.py > simclr_parity.json

Written for any PyTorch from 1.13 on; the recorded values are of 1.13. Model, order of construction, seeds and views are those of the test:
PyTorch and TorchSharp draw the same numbers from the same seed. The steps are small and AdamW's epsilon is large, so that float32's
rounding stays small too: with larger steps float32 runs drift apart within PyTorch itself, where float64 runs do not.
"""

import json

import torch
import torch.nn as nn
import torch.nn.functional as F

WIDTH, PAIRS, SIZE, STEPS, TEMPERATURE = 8, 32, 32, 20, 0.5


def convolution(inputs, outputs, kernel, stride=1):
    return nn.Conv2d(inputs, outputs, kernel, stride, padding=kernel // 2, bias=False)


class Block(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        fits = stride == 1 and inputs == outputs
        downsample = None if fits else nn.Sequential(convolution(inputs, outputs, 1, stride), nn.BatchNorm2d(outputs))
        self.conv1, self.bn1 = convolution(inputs, outputs, 3, stride), nn.BatchNorm2d(outputs)
        self.conv2, self.bn2 = convolution(outputs, outputs, 3), nn.BatchNorm2d(outputs)
        self.downsample = downsample

    def forward(self, x):
        residual = self.bn2(self.conv2(F.relu(self.bn1(self.conv1(x)))))
        return F.relu(residual + (x if self.downsample is None else self.downsample(x)))


class SmallResNet(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.conv1, self.bn1 = convolution(3, width, 3, 2), nn.BatchNorm2d(width)
        self.layer1 = Block(width, width, 1)
        self.layer2 = Block(width, 2 * width, 2)
        self.layer3 = Block(2 * width, 4 * width, 2)
        for module in self.modules():
            if isinstance(module, nn.Conv2d):
                nn.init.kaiming_normal_(module.weight, mode="fan_out", nonlinearity="relu")

    def forward(self, x):
        x = F.relu(self.bn1(self.conv1(x)))
        return self.layer3(self.layer2(self.layer1(x))).mean((2, 3))


def head(inputs, outputs):
    return nn.Sequential(
        nn.Linear(inputs, inputs, bias=False), nn.BatchNorm1d(inputs), nn.ReLU(),
        nn.Linear(inputs, outputs, bias=False), nn.BatchNorm1d(outputs))


def nt_xent(first, second):
    z = F.normalize(torch.cat([first, second]), dim=1)
    logits = (z @ z.t() / TEMPERATURE).fill_diagonal_(float("-inf"))
    n = len(first)
    return F.cross_entropy(logits, torch.cat([torch.arange(n, 2 * n), torch.arange(n)]))


def groups(network, decay):
    parameters = list(network.parameters())
    return [
        {"params": [p for p in parameters if p.dim() > 1], "weight_decay": decay},
        {"params": [p for p in parameters if p.dim() <= 1], "weight_decay": 0.0},
    ]


def train(optimizer, dtype):
    torch.manual_seed(7)
    network = nn.Sequential(SmallResNet(WIDTH), head(4 * WIDTH, 16))
    views = torch.rand(4, 2, PAIRS, 3, SIZE, SIZE).to(dtype)
    network.to(dtype)
    if optimizer == "AdamW":
        update = torch.optim.AdamW(groups(network, 0.01), lr=5e-4, eps=1e-3)
    else:
        update = torch.optim.SGD(groups(network, 5e-4), lr=5e-4, momentum=0.9)
    losses = []
    for step in range(STEPS):
        first, second = views[step % 4]
        loss = nt_xent(*network(torch.cat([first, second])).chunk(2))
        update.zero_grad()
        loss.backward()
        update.step()
        losses.append(loss.item())
    return losses


if __name__ == "__main__":
    torch.set_num_threads(2)
    print(json.dumps({f"{name} {dtype}": train(name, getattr(torch, dtype.lower()))
                      for name in ["AdamW", "SgdWithMomentum"] for dtype in ["Float32", "Float64"]}, indent=2))
