using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Display;

/// <summary>Tensors as plain numbers.</summary>
internal static class TensorValues
{
    public static double[] Of(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        return tensor.detach().cpu().to(float64).contiguous().reshape(-1).data<double>().ToArray();
    }

    public static int[] Labels(Tensor labels, int count, string name)
    {
        Require.Shape(labels, $"integers [{count}]", "one for each", name: name);
        return [.. Of(labels).Select(label => (int)label)];
    }
}
