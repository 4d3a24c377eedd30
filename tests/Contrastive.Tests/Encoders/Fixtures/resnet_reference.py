"""Features of torchvision's residual networks, which ResNetReferenceTests must meet with the same weights.

    python3 resnet_reference.py > resnet_reference.json

Recorded with torchvision 0.14. Weights and images are drawn from a seed, tensor after tensor in the order of their names: PyTorch and
TorchSharp draw the same numbers.
"""

import json

import torch
import torchvision


def features(name, cifar):
    network = getattr(torchvision.models, name)()
    network.fc = torch.nn.Identity()
    if cifar:
        network.conv1 = torch.nn.Conv2d(3, 64, 3, padding=1, bias=False)
        network.maxpool = torch.nn.Identity()
    generator = torch.Generator().manual_seed(11)
    with torch.no_grad():
        for key, parameter in sorted(network.named_parameters()):
            noise = torch.randn(parameter.shape, generator=generator)
            parameter.copy_(noise / parameter[0].numel() ** 0.5 if parameter.dim() > 1 else 1 + 0.1 * noise)
    images = torch.rand((4, 3, 64, 64), generator=generator)
    with torch.no_grad():
        network.train()
        training = network(images)
        network.eval()
        evaluation = network(images)
    return {"training": summary(training), "evaluation": summary(evaluation)}


def summary(values):
    return {"mean": values.mean().item(), "square": values.pow(2).mean().item(), "first": values[1, :6].tolist()}


if __name__ == "__main__":
    torch.set_num_threads(2)
    print(json.dumps({f"{name} {stem}": features(name, stem == "Cifar")
                      for name in ["resnet18", "resnet34", "resnet50"] for stem in ["ImageNet", "Cifar"]}, indent=2))
