"""Writes the PyTorch files that TorchFileTests and TorchScriptTests read. Run with PyTorch 1.13 or later: PYTHONHASHSEED=0 python3 torch-fixtures.py"""
import collections
import os
import zipfile
from typing import List, Optional

import torch

folder = os.path.join(os.path.dirname(os.path.abspath(__file__)), "Fixtures")
os.makedirs(folder, exist_ok=True)
numbers = torch.arange(24, dtype=torch.float32)
kinds = {"float64": torch.float64, "float16": torch.float16, "bfloat16": torch.bfloat16, "int64": torch.int64, "int32": torch.int32,
         "int16": torch.int16, "int8": torch.int8, "uint8": torch.uint8, "bool": torch.bool}

# Every tensor of n numbers holds a stretch of 0, 1, 2, ...; the views show whether strides and offsets are honored.
state = collections.OrderedDict()
state["weight"] = torch.arange(6, dtype=torch.float32).reshape(2, 3)
for name, kind in kinds.items():
    state[name] = torch.arange(4).to(kind)
state["scalar"] = torch.tensor(2.5)
state["empty"] = torch.empty(0, 3)
state["transposed"] = numbers.reshape(4, 6).t()
state["window"] = numbers.reshape(4, 6)[1:3, 2:5]
state["column"] = numbers.reshape(4, 6)[:, 3]
state["expanded"] = torch.tensor([7.0]).expand(2, 2)
state["parameter"] = torch.nn.Parameter(torch.ones(2, dtype=torch.float64) * 0.5)
torch.save(state, os.path.join(folder, "state.pt"))
torch.save(state, os.path.join(folder, "state-legacy.bin"), _use_new_zipfile_serialization=False)

module = torch.nn.Sequential(torch.nn.Linear(2, 1), torch.nn.BatchNorm1d(1))
with torch.no_grad():
    module[0].weight.copy_(torch.tensor([[1.0, 2.0]]))
torch.save({"epoch": 3, "lr": 0.5, "done": False, "note": None, "betas": (0.9, 0.999), "steps": [1, 70000, -1, 2 ** 40], "model": module.state_dict()},
           os.path.join(folder, "checkpoint.pt"))


class Layer(torch.nn.Module):
    """Attributes of each kind that modules have in a TorchScript archive: tensors, numbers, texts, lists, nothing."""

    def __init__(self):
        super().__init__()
        self.conv = torch.nn.Conv2d(1, 2, 2, padding=1)
        self.norm = torch.nn.BatchNorm2d(2)
        self.scale = torch.nn.Parameter(torch.tensor(2.5))
        self.register_buffer("mask", torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]).t())
        self.sizes: List[int] = [3, 70000]
        self.shares: List[float] = [0.5]
        self.kept: List[torch.Tensor] = [torch.ones(1)]
        self.title = "layer"
        self.nothing: Optional[torch.Tensor] = None

    def forward(self, x):
        return self.norm(self.conv(x)) * self.scale + self.mask.sum() + self.shares[0] + len(self.sizes) + len(self.title) + len(self.kept)


class Tower(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = torch.nn.Sequential(Layer(), torch.nn.Sequential(torch.nn.GELU(), torch.nn.BatchNorm2d(2)))
        self.register_buffer("context_length", torch.tensor(77))

    def forward(self, x):
        return self.layers(x) + self.context_length


def without_paths(path):
    """The archive without its notes for debuggers, which hold this machine's paths."""
    with zipfile.ZipFile(path) as archive:
        members = [(entry.filename, archive.read(entry)) for entry in archive.infolist() if not entry.filename.endswith(".debug_pkl")]
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members:
            archive.writestr(zipfile.ZipInfo(name), content)


tower = Tower()
with torch.no_grad():
    for tensor in tower.state_dict().values():
        if tensor.dtype == torch.float32:
            tensor.copy_(torch.arange(tensor.numel()).reshape(tensor.shape) * 0.5)
script = os.path.join(folder, "script.pt")
torch.jit.script(tower.half()).save(script)
without_paths(script)
assert all(torch.equal(value, tower.state_dict()[name]) for name, value in torch.jit.load(script).state_dict().items())


class Code:
    def __reduce__(self):
        return os.system, ("touch contrastive-was-here",)


torch.save({"weight": torch.ones(1), "trap": Code()}, os.path.join(folder, "code.pt"))
torch.save({"weight": torch.ones(1), "trap": Code()}, os.path.join(folder, "code-legacy.bin"), _use_new_zipfile_serialization=False)
torch.save(module, os.path.join(folder, "whole-module.pt"))
torch.save(torch.ones(2), os.path.join(folder, "tensor.pt"))
