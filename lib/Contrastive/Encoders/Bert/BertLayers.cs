using System.Globalization;
using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Contrastive.Encoders;

/// <summary>The stack of layers, under the names <c>layer.0</c>, <c>layer.1</c>, ….</summary>
internal sealed class BertLayers : Module<Tensor, TokenRows, Tensor>
{
    [ComponentName(Name = "layer")]
    private readonly ModuleList<BertLayer> _layers;

    public BertLayers(BertConfig config) : base(nameof(BertLayers))
    {
        _layers = ModuleList(Enumerable.Range(0, config.Layers).Select(_ => new BertLayer(config)).ToArray());
        RegisterComponents();
    }

    public override Tensor forward(Tensor hidden, TokenRows rows)
    {
        foreach (var layer in _layers)
            hidden = Replace(hidden, layer.call(hidden, rows));
        return hidden;
    }

    /// <summary>The output of every layer, the first layer's first.</summary>
    public IReadOnlyList<Tensor> Outputs(Tensor hidden, TokenRows rows)
    {
        var outputs = new List<Tensor>();
        foreach (var layer in _layers)
            outputs.Add(hidden = layer.call(hidden, rows));
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
