using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Contrastive.Training;

/// <summary>The parameters of one step that are treated alike, with their gradients and their places in the optimizer.</summary>
internal sealed record ParameterGroup(int[] Places, Parameter[] Parameters, Tensor[] Gradients, bool Decays)
{
    /// <summary>The parameters as plain tensors, as native lists want them.</summary>
    public Tensor[] Tensors => Array.ConvertAll(Parameters, Tensor (parameter) => parameter);
}
