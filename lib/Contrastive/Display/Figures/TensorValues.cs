using TorchSharp;
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
        if (labels.dim() != 1 || labels.size(0) != count || !labels.is_integral())
            throw new ArgumentException($"{name} is {Describe(labels)}; expected whole numbers [{count}], one for each.", name);
        return [.. Of(labels).Select(label => (int)label)];
    }

    public static string Describe(Tensor tensor) => $"{tensor.dtype} [{string.Join(", ", tensor.shape)}]";
}
