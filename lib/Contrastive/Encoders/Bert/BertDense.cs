using Contrastive.Torch;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Contrastive.Encoders;

/// <summary>A linear layer under the name <c>dense</c>, as Hugging Face's models have it in many places.</summary>
internal sealed class BertDense : Module<Tensor, Tensor>
{
    [ComponentName(Name = "dense")]
    private readonly Linear _dense;

    public BertDense(int inputs, int outputs) : base(nameof(BertDense))
    {
        _dense = Linear(inputs, outputs);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input) => LinearProduct.Compute(input, _dense.weight!, _dense.bias!);
}
