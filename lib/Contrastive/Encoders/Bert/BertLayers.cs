using System.Globalization;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Contrastive.Encoders;

/// <summary>The stack of layers, under the names <c>layer.0</c>, <c>layer.1</c>, ….</summary>
internal sealed class BertLayers : Module<Tensor, Tensor?, Tensor>
{
    private readonly ModuleList<BertLayer> _layers;

    public BertLayers(BertConfig config) : base(nameof(BertLayers)) =>
        register_module("layer", _layers = ModuleList(Enumerable.Range(0, config.Layers).Select(_ => new BertLayer(config)).ToArray()));

    public override Tensor forward(Tensor hidden, Tensor? mask)
    {
        foreach (var layer in _layers)
            hidden = Replace(hidden, layer.call(hidden, mask));
        return hidden;
    }

    /// <summary>The output of every layer, the first layer's first.</summary>
    public IReadOnlyList<Tensor> Outputs(Tensor hidden, Tensor? mask)
    {
        var outputs = new List<Tensor>();
        foreach (var layer in _layers)
            outputs.Add(hidden = layer.call(hidden, mask));
        return outputs;
    }

    // Without a graph that needs it, a layer's input can go as soon as its output is there.
    private static Tensor Replace(Tensor before, Tensor after)
    {
        if (!after.requires_grad)
            before.Dispose();
        return after;
    }
}
