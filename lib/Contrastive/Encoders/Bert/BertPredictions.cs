using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Contrastive.Encoders;

/// <summary>The names of the masked-token head's parameters: <c>predictions.transform.dense</c>, <c>.LayerNorm</c>, and the bias.</summary>
internal sealed class BertPredictions : Module
{
    public BertPredictions(Linear dense, LayerNorm normalization, Parameter bias) : base(nameof(BertPredictions))
    {
        register_module("predictions", new Head(dense, normalization, bias));
    }

    private sealed class Head : Module
    {
        public Head(Linear dense, LayerNorm normalization, Parameter bias) : base(nameof(Head))
        {
            register_parameter("bias", bias);
            register_module("transform", new Transform(dense, normalization));
        }
    }

    private sealed class Transform : Module
    {
        public Transform(Linear dense, LayerNorm normalization) : base(nameof(Transform))
        {
            register_module("dense", dense);
            register_module("LayerNorm", normalization);
        }
    }
}
