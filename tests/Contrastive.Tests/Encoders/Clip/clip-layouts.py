"""Writes what released CLIP models look like, at a small size, and what they compute in float64: the reference of the tests of ClipFolder.

The towers are written out from the papers, once for each naming of the parameters: OpenAI's and open_clip's, and Hugging Face's. The
weights are not stored but drawn from a seed, tensor after tensor in the order of their names: PyTorch and TorchSharp draw the same
numbers. One model is also stored as OpenAI released theirs: a TorchScript archive in half precision. Its tensors are views of one short
storage, so that the file stays small.

Run with PyTorch 1.13 or later: PYTHONHASHSEED=0 python3 clip-layouts.py
"""
import json
import math
import os
import zipfile

import torch
import torch.nn.functional as F

folder = os.path.join(os.path.dirname(os.path.abspath(__file__)), "Fixtures")
os.makedirs(folder, exist_ok=True)
torch.set_num_threads(1)
vocabulary = 516


def draw(shapes, seed):
    generator, tensors = torch.Generator().manual_seed(seed), {}
    for name in sorted(shapes):
        shape = shapes[name]
        if name.endswith("num_batches_tracked"):
            tensors[name] = torch.tensor(0)
            continue
        noise = torch.randn(shape, generator=generator)
        if name.endswith("running_var"):
            tensors[name] = noise.abs() + 0.5
        elif noise.numel() == 1:
            tensors[name] = noise * 0.1 + 2
        elif len(shape) == 1:
            tensors[name] = noise * 0.1 + (1 if name.endswith(".weight") else 0)
        else:
            tensors[name] = noise * (1.5 / math.sqrt(noise.numel() / shape[0]))
    return tensors


def inputs(size, texts, seed):
    generator = torch.Generator().manual_seed(seed)
    return torch.rand((3, 3, size, size), generator=generator), torch.tensor(texts)


class Model:
    """Weights in float64 by their released names, and what is computed with them."""

    def __init__(self, weights, activation):
        self.w = {name: value.double() for name, value in weights.items()}
        self.activation = {"quick_gelu": lambda x: x * torch.sigmoid(1.702 * x), "gelu": F.gelu,
                           "gelu_pytorch_tanh": lambda x: F.gelu(x, approximate="tanh")}[activation]

    def linear(self, x, name):
        return x @ self.w[name + ".weight"].t() + self.w[name + ".bias"]

    def norm(self, x, name, eps):
        return F.layer_norm(x, x.shape[-1:], self.w[name + ".weight"], self.w[name + ".bias"], eps)

    def attend(self, q, k, v, heads, mask):
        split = lambda x: x.view(x.shape[0], x.shape[1], heads, -1).transpose(1, 2)
        q, k, v = split(q), split(k), split(v)
        logits = q @ k.transpose(-1, -2) / math.sqrt(q.shape[-1])
        if mask is not None:
            logits = logits + mask
        return (logits.softmax(-1) @ v).transpose(1, 2).flatten(2)

    def packed(self, query, x, at, heads, mask=None):
        """PyTorch's MultiheadAttention, whose three products are one matrix."""
        w, b = self.w[at + "in_proj_weight"].chunk(3), self.w[at + "in_proj_bias"].chunk(3)
        parts = [y @ w[i].t() + b[i] for i, y in enumerate((query, x, x))]
        return self.linear(self.attend(*parts, heads, mask), at + "out_proj")


def causal(length):
    return torch.full((length, length), -math.inf, dtype=torch.float64).triu(1)


# OpenAI's names, which are open_clip's too.
class OpenAi(Model):
    def layers(self, x, at, heads, mask=None):
        count = sum(name.startswith(at) and name.endswith(".ln_1.weight") for name in self.w)
        for i in range(count):
            p = f"{at}{i}."
            y = self.norm(x, p + "ln_1", 1e-5)
            x = x + self.packed(y, y, p + "attn.", heads, mask)
            x = x + self.linear(self.activation(self.linear(self.norm(x, p + "ln_2", 1e-5), p + "mlp.c_fc")), p + "mlp.c_proj")
        return x

    def text(self, ids, heads):
        x = self.w["token_embedding.weight"][ids] + self.w["positional_embedding"][:ids.shape[1]]
        x = self.norm(self.layers(x, "transformer.resblocks.", heads, causal(ids.shape[1])), "ln_final", 1e-5)
        return x[torch.arange(len(ids)), ids.argmax(1)] @ self.w["text_projection"]

    def image(self, images, heads):
        x = F.conv2d(images.double(), self.w["visual.conv1.weight"], stride=self.w["visual.conv1.weight"].shape[-1]).flatten(2).transpose(1, 2)
        x = torch.cat([self.w["visual.class_embedding"].expand(len(x), 1, -1), x], 1) + self.w["visual.positional_embedding"]
        x = self.layers(self.norm(x, "visual.ln_pre", 1e-5), "visual.transformer.resblocks.", heads)
        return self.norm(x[:, 0], "visual.ln_post", 1e-5) @ self.w["visual.proj"]

    def conv(self, x, name, normalization, padding=0, stride=1):
        w, n = self.w, normalization
        x = F.conv2d(x, w[name + ".weight"], padding=padding, stride=stride)
        return F.batch_norm(x, w[n + ".running_mean"], w[n + ".running_var"], w[n + ".weight"], w[n + ".bias"], eps=1e-5)

    def resnet(self, images, heads):
        p, x = "visual.", images.double()
        x = self.conv(x, p + "conv1", p + "bn1", padding=1, stride=2).relu()
        x = self.conv(x, p + "conv2", p + "bn2", padding=1).relu()
        x = F.avg_pool2d(self.conv(x, p + "conv3", p + "bn3", padding=1).relu(), 2)
        for stage in range(1, 5):
            block = 0
            while f"visual.layer{stage}.{block}.conv1.weight" in self.w:
                p, pool = f"visual.layer{stage}.{block}.", 2 if stage > 1 and block == 0 else 1
                y = self.conv(x, p + "conv1", p + "bn1").relu()
                y = F.avg_pool2d(self.conv(y, p + "conv2", p + "bn2", padding=1).relu(), pool)
                y = self.conv(y, p + "conv3", p + "bn3")
                if block == 0:
                    x = self.conv(F.avg_pool2d(x, pool), p + "downsample.0", p + "downsample.1")
                x, block = (x + y).relu(), block + 1
        x = x.flatten(2).transpose(1, 2)
        x = torch.cat([x.mean(1, keepdim=True), x], 1) + self.w["visual.attnpool.positional_embedding"]
        q, k, v = (self.linear(y, f"visual.attnpool.{name}_proj") for y, name in ((x[:, :1], "q"), (x, "k"), (x, "v")))
        return self.linear(self.attend(q, k, v, heads, None), "visual.attnpool.c_proj")[:, 0]


class HuggingFace(Model):
    def layers(self, x, at, heads, eps, mask=None):
        count = sum(name.startswith(at) and name.endswith(".layer_norm1.weight") for name in self.w)
        for i in range(count):
            p = f"{at}{i}."
            y = self.norm(x, p + "layer_norm1", eps)
            q, k, v = (self.linear(y, f"{p}self_attn.{name}_proj") for name in "qkv")
            x = x + self.linear(self.attend(q, k, v, heads, mask), p + "self_attn.out_proj")
            x = x + self.linear(self.activation(self.linear(self.norm(x, p + "layer_norm2", eps), p + "mlp.fc1")), p + "mlp.fc2")
        return x

    def patches(self, images):
        w = self.w["vision_model.embeddings.patch_embedding.weight"]
        return F.conv2d(images.double(), w, self.w.get("vision_model.embeddings.patch_embedding.bias"), stride=w.shape[-1]).flatten(2).transpose(1, 2)

    def tokens(self, ids):
        return self.w["text_model.embeddings.token_embedding.weight"][ids] + self.w["text_model.embeddings.position_embedding.weight"][:ids.shape[1]]

    def text(self, ids, heads):
        x = self.layers(self.tokens(ids), "text_model.encoder.layers.", heads, 1e-5, causal(ids.shape[1]))
        x = self.norm(x, "text_model.final_layer_norm", 1e-5)[torch.arange(len(ids)), ids.argmax(1)]
        return x @ self.w["text_projection.weight"].t()

    def image(self, images, heads):
        x = torch.cat([self.w["vision_model.embeddings.class_embedding"].expand(len(images), 1, -1), self.patches(images)], 1)
        x = self.norm(x + self.w["vision_model.embeddings.position_embedding.weight"], "vision_model.pre_layrnorm", 1e-5)
        x = self.layers(x, "vision_model.encoder.layers.", heads, 1e-5)
        return self.norm(x[:, 0], "vision_model.post_layernorm", 1e-5) @ self.w["visual_projection.weight"].t()

    def siglip_text(self, ids, heads):
        x = self.norm(self.layers(self.tokens(ids), "text_model.encoder.layers.", heads, 1e-6), "text_model.final_layer_norm", 1e-6)
        return self.linear(x[:, -1], "text_model.head")

    def siglip_image(self, images, heads):
        x = self.layers(self.patches(images) + self.w["vision_model.embeddings.position_embedding.weight"], "vision_model.encoder.layers.", heads, 1e-6)
        x, p = self.norm(x, "vision_model.post_layernorm", 1e-6), "vision_model.head."
        x = self.packed(self.w[p + "probe"].expand(len(x), 1, -1), x, p + "attention.", heads)
        return (x + self.linear(self.activation(self.linear(self.norm(x, p + "layernorm", 1e-6), p + "mlp.fc1")), p + "mlp.fc2"))[:, 0]


def both(shapes, name, *size):
    shapes[name + ".weight"], shapes[name + ".bias"] = list(size), [size[0]]


def openai_layers(shapes, at, width, inner, count):
    for i in range(count):
        p = f"{at}{i}."
        shapes[p + "attn.in_proj_weight"], shapes[p + "attn.in_proj_bias"] = [3 * width, width], [3 * width]
        both(shapes, p + "attn.out_proj", width, width)
        both(shapes, p + "ln_1", width), both(shapes, p + "ln_2", width)
        both(shapes, p + "mlp.c_fc", inner, width), both(shapes, p + "mlp.c_proj", width, inner)


def openai_text(width, inner, layers, context, joint):
    shapes = {"token_embedding.weight": [vocabulary, width], "positional_embedding": [context, width], "text_projection": [width, joint], "logit_scale": []}
    both(shapes, "ln_final", width)
    openai_layers(shapes, "transformer.resblocks.", width, inner, layers)
    return shapes


def openai_image(width, inner, layers, patch, grid, joint):
    shapes = {"visual.class_embedding": [width], "visual.positional_embedding": [1 + grid * grid, width], "visual.proj": [width, joint],
              "visual.conv1.weight": [width, 3, patch, patch]}
    both(shapes, "visual.ln_pre", width), both(shapes, "visual.ln_post", width)
    openai_layers(shapes, "visual.transformer.resblocks.", width, inner, layers)
    return shapes


def openai_resnet(width, layers, grid, joint):
    shapes = {}

    def conv(name, normalization, *size):
        shapes[name + ".weight"] = list(size)
        both(shapes, normalization, size[0])
        shapes[normalization + ".running_mean"], shapes[normalization + ".running_var"] = [size[0]], [size[0]]
        shapes[normalization + ".num_batches_tracked"] = []

    for i, (a, b) in enumerate([(3, width // 2), (width // 2, width // 2), (width // 2, width)], 1):
        conv(f"visual.conv{i}", f"visual.bn{i}", b, a, 3, 3)
    channels = width
    for stage, count in enumerate(layers, 1):
        for block in range(count):
            p, inner = f"visual.layer{stage}.{block}.", width << (stage - 1)
            conv(p + "conv1", p + "bn1", inner, channels, 1, 1)
            conv(p + "conv2", p + "bn2", inner, inner, 3, 3)
            conv(p + "conv3", p + "bn3", 4 * inner, inner, 1, 1)
            if block == 0:
                conv(p + "downsample.0", p + "downsample.1", 4 * inner, channels, 1, 1)
            channels = 4 * inner
    shapes["visual.attnpool.positional_embedding"] = [1 + grid * grid, channels]
    for name in "kqv":
        both(shapes, f"visual.attnpool.{name}_proj", channels, channels)
    both(shapes, "visual.attnpool.c_proj", joint, channels)
    return shapes


def hugging_face_layers(shapes, at, width, inner, count):
    for i in range(count):
        p = f"{at}encoder.layers.{i}."
        for name in ("q", "k", "v", "out"):
            both(shapes, f"{p}self_attn.{name}_proj", width, width)
        both(shapes, p + "layer_norm1", width), both(shapes, p + "layer_norm2", width)
        both(shapes, p + "mlp.fc1", inner, width), both(shapes, p + "mlp.fc2", width, inner)


def hugging_face(vision, text, words, siglip):
    shapes = {"logit_scale": [1] if siglip else [], "text_model.embeddings.token_embedding.weight": [words, text["hidden_size"]],
              "text_model.embeddings.position_embedding.weight": [text["max_position_embeddings"], text["hidden_size"]]}
    width, places = vision["hidden_size"], (vision["image_size"] // vision["patch_size"]) ** 2
    shapes["vision_model.embeddings.patch_embedding.weight"] = [width, 3, vision["patch_size"], vision["patch_size"]]
    shapes["vision_model.embeddings.position_embedding.weight"] = [places + (0 if siglip else 1), width]
    both(shapes, "text_model.final_layer_norm", text["hidden_size"]), both(shapes, "vision_model.post_layernorm", width)
    for at, config in (("vision_model.", vision), ("text_model.", text)):
        hugging_face_layers(shapes, at, config["hidden_size"], config["intermediate_size"], config["num_hidden_layers"])
    return shapes


fixture = {}


def record(name, shapes, images, ids, image, text, **more):
    fixture[name] = {**more, "shapes": shapes, "ids": ids.tolist(), "image": image.flatten().tolist(), "text": text.flatten().tolist()}


start, end = vocabulary - 2, vocabulary - 1
clip_ids = [[start, 320, 9, 71, end, 0, 0], [start, end, 0, 0, 0, 0, 0], [start, 5, 300, 511, 513, 64, end]]

# Hugging Face's CLIPModel, as its save_pretrained writes config.json and preprocessor_config.json.
vision = {"hidden_act": "quick_gelu", "hidden_size": 16, "image_size": 8, "intermediate_size": 24, "layer_norm_eps": 1e-05, "model_type": "clip_vision_model",
          "num_attention_heads": 2, "num_channels": 3, "num_hidden_layers": 2, "patch_size": 4, "projection_dim": 8, "attention_dropout": 0.0}
text = {"bos_token_id": start, "eos_token_id": end, "hidden_act": "quick_gelu", "hidden_size": 12, "intermediate_size": 20, "layer_norm_eps": 1e-05,
        "max_position_embeddings": 10, "model_type": "clip_text_model", "num_attention_heads": 3, "num_hidden_layers": 2, "vocab_size": vocabulary}
shapes = hugging_face(vision, text, vocabulary, siglip=False)
shapes |= {"vision_model.embeddings.class_embedding": [16], "visual_projection.weight": [8, 16], "text_projection.weight": [8, 12]}
both(shapes, "vision_model.pre_layrnorm", 16)
model, (images, ids) = HuggingFace(draw(shapes, 1), "quick_gelu"), inputs(8, clip_ids, 101)
record("hf-clip", shapes, images, ids, model.image(images, 2), model.text(ids, 3), seed=1, size=8,
       config={"architectures": ["CLIPModel"], "logit_scale_init_value": 2.6592, "model_type": "clip", "projection_dim": 8, "text_config": text,
               "vision_config": vision, "transformers_version": "4.30.2"},
       preprocessor={"crop_size": {"height": 8, "width": 8}, "do_center_crop": True, "do_convert_rgb": True, "do_normalize": True, "do_rescale": True,
                     "do_resize": True, "image_mean": [0.0, 0.0, 0.0], "image_processor_type": "CLIPImageProcessor", "image_std": [1.0, 1.0, 1.0],
                     "resample": 3, "rescale_factor": 0.00392156862745098, "size": {"shortest_edge": 8}})

# Hugging Face's SiglipModel. What its configuration leaves out has that class's defaults.
vision = {"hidden_size": 16, "image_size": 8, "intermediate_size": 24, "model_type": "siglip_vision_model", "num_attention_heads": 2, "num_hidden_layers": 2,
          "patch_size": 4}
text = {"hidden_size": 16, "intermediate_size": 20, "max_position_embeddings": 6, "model_type": "siglip_text_model", "num_attention_heads": 4,
        "num_hidden_layers": 2, "vocab_size": 40}
shapes = hugging_face(vision, text, 40, siglip=True)
shapes |= {"logit_bias": [1], "vision_model.embeddings.patch_embedding.bias": [16], "vision_model.head.probe": [1, 1, 16],
           "vision_model.head.attention.in_proj_weight": [48, 16], "vision_model.head.attention.in_proj_bias": [48]}
both(shapes, "text_model.head", 16, 16), both(shapes, "vision_model.head.attention.out_proj", 16, 16), both(shapes, "vision_model.head.layernorm", 16)
both(shapes, "vision_model.head.mlp.fc1", 24, 16), both(shapes, "vision_model.head.mlp.fc2", 16, 24)
model, (images, ids) = HuggingFace(draw(shapes, 2), "gelu_pytorch_tanh"), inputs(8, [[2, 7, 9, 30, 3, 0], [2, 39, 3, 0, 0, 0], [2, 8, 8, 12, 25, 3]], 102)
record("hf-siglip", shapes, images, ids, model.siglip_image(images, 2), model.siglip_text(ids, 4), seed=2, size=8,
       config={"architectures": ["SiglipModel"], "initializer_factor": 1.0, "model_type": "siglip", "text_config": text, "vision_config": vision},
       preprocessor={"do_normalize": True, "do_rescale": True, "do_resize": True, "image_mean": [0.0, 0.0, 0.0], "image_std": [1.0, 1.0, 1.0],
                     "image_processor_type": "SiglipImageProcessor", "resample": 3, "size": {"height": 8, "width": 8}})

# OpenAI's ModifiedResNet, as a plain state dictionary; a head of its towers has 64 channels.
shapes = openai_text(64, 32, 1, 9, 6) | openai_resnet(4, [1, 1, 2, 1], 2, 6)
model, (images, ids) = OpenAi(draw(shapes, 3), "quick_gelu"), inputs(64, clip_ids, 103)
record("openai-resnet", shapes, images, ids, model.resnet(images, 2), model.text(ids, 1), seed=3, size=64)

# open_clip's ViT: OpenAI's names, another activation and its own configuration.
shapes = openai_text(12, 24, 2, 8, 8) | openai_image(16, 32, 2, 4, 2, 8)
model, (images, ids) = OpenAi(draw(shapes, 4), "gelu"), inputs(8, clip_ids, 104)
record("open_clip-vit", shapes, images, ids, model.image(images, 2), model.text(ids, 3), seed=4, size=8,
       config={"model_cfg": {"embed_dim": 8, "vision_cfg": {"image_size": 8, "layers": 2, "width": 16, "head_width": 8, "patch_size": 4, "mlp_ratio": 2.0},
                             "text_cfg": {"context_length": 8, "vocab_size": vocabulary, "width": 12, "heads": 3, "layers": 2, "mlp_ratio": 2.0}},
               "preprocess_cfg": {"mean": [0.0, 0.0, 0.0], "std": [1.0, 1.0, 1.0]}})

# OpenAI's ViT, as a TorchScript archive.
shapes = openai_text(64, 16, 1, 8, 8) | openai_image(64, 16, 2, 4, 2, 8)
base, script, offset = (torch.randn(3800, generator=torch.Generator().manual_seed(5)) * 0.15).half(), torch.nn.Module(), 0
for name in sorted(shapes):
    module, shape = script, shapes[name]
    *path, last = name.split(".")
    for part in path:
        if not hasattr(module, part):
            module.add_module(part, torch.nn.Module())
        module = getattr(module, part)
    # Windows on the numbers that overlap, each a step after the one before.
    strides = [7, 1] if len(shape) == 2 else [5, 3, 2, 1] if len(shape) == 4 else [1] * len(shape)
    offset = (offset + 11) % 60
    module.register_parameter(last, torch.nn.Parameter(base.as_strided(shape, strides, offset), requires_grad=False))
for name, value in (("input_resolution", 8), ("context_length", 8), ("vocab_size", vocabulary)):
    script.register_buffer(name, torch.tensor(value))
path = os.path.join(folder, "openai-vit.pt")
torch.jit.script(script).save(path)
with zipfile.ZipFile(path) as archive:
    members = [(entry.filename, archive.read(entry)) for entry in archive.infolist() if not entry.filename.endswith(".debug_pkl")]
with zipfile.ZipFile(path, "w") as archive:
    for name, content in members:
        archive.writestr(zipfile.ZipInfo(name), content)
weights = torch.jit.load(path).state_dict()
model, (images, ids) = OpenAi(weights, "quick_gelu"), inputs(8, clip_ids, 105)
record("openai-vit", shapes, images, ids, model.image(images, 1), model.text(ids, 1), seed=5, size=8)

with open(os.path.join(folder, "clip-layouts.json"), "w") as out:
    out.write("{\n" + ",\n".join(f"{json.dumps(name)}: {json.dumps(value)}" for name, value in fixture.items()) + "\n}\n")
