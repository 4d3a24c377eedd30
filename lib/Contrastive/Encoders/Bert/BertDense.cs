using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Contrastive.Encoders;

/// <summary>A linear layer under the name <c>dense</c>, as Hugging Face's models have it in many places.</summary>
internal sealed class BertDense : Module<Tensor, Tensor>
{
    private readonly Linear _dense;

    public BertDense(Linear dense) : base(nameof(BertDense)) => register_module("dense", _dense = dense);

    public override Tensor forward(Tensor input) => _dense.call(input);
}
