using System.Globalization;
using Contrastive.Torch;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Contrastive.Encoders;

/// <summary>
/// SimCLR's projection head (Chen et al. 2020, section 2.1, and the authors' code): maps features <c>[N, inputs]</c> to the space of the
/// loss <c>[N, outputs]</c>. Each layer is linear without bias, then batch norm; ReLU between layers. It is discarded after training.
/// </summary>
/// <remarks>The children are numbered, as in a PyTorch <c>Sequential</c>: <c>0.weight</c>, <c>1.weight</c>, ….</remarks>
public sealed class ProjectionHead : Module<Tensor, Tensor>
{
    private readonly Module<Tensor, Tensor>[] _layers;

    /// <summary>Makes a head with random weights.</summary>
    /// <param name="inputs">The encoder's <c>FeatureCount</c>.</param>
    /// <param name="hidden">The width of the hidden layers. <value>The papers use the width of the input.</value></param>
    /// <param name="outputs">The dimension of the embedding. <value>The default is 128, the paper's.</value></param>
    /// <param name="layers">The number of linear layers. <value>The default is 2, the paper's; 3 in SimCLR v2 and the authors'
    /// code.</value></param>
    /// <param name="batchNormOutput">Whether batch norm also follows the last layer, as in the authors' code. <value>The default is
    /// true.</value></param>
    /// <param name="batchNormSplits">The number of batch parts with their own statistics, see <see cref="SplitBatchNorm"/>. <value>The
    /// default is 1.</value></param>
    /// <exception cref="ArgumentOutOfRangeException">A width or the number of layers is below one.</exception>
    public ProjectionHead(int inputs, int hidden, int outputs = 128, int layers = 2, bool batchNormOutput = true, int batchNormSplits = 1)
        : base(nameof(ProjectionHead))
    {
        Require.AtLeast(inputs, 1);
        Require.AtLeast(hidden, 1);
        Require.AtLeast(outputs, 1);
        Require.AtLeast(layers, 1);
        Require.AtLeast(batchNormSplits, 1);
        OutputCount = outputs;
        var parts = new List<Module<Tensor, Tensor>>();
        for (var layer = 1; layer <= layers; layer++)
        {
            var last = layer == layers;
            var width = last ? outputs : hidden;
            var normalized = !last || batchNormOutput;
            parts.Add(Linear(layer == 1 ? inputs : hidden, width, hasBias: !normalized));
            if (normalized)
                parts.Add(batchNormSplits == 1 ? BatchNorm1d(width) : new SplitBatchNorm(width, batchNormSplits));
            if (!last)
                parts.Add(ReLU(inplace: true));
        }

        _layers = [.. parts];
        for (var index = 0; index < _layers.Length; index++)
            register_module(index.ToString(CultureInfo.InvariantCulture), _layers[index]);
    }

    /// <summary>The dimension of the embedding.</summary>
    public int OutputCount { get; }

    /// <summary>Embeddings <c>[N, outputs]</c> of features <c>[N, inputs]</c>; not yet normalized, the loss does that.</summary>
    /// <param name="input">Features <c>[N, inputs]</c>.</param>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var output = input;
        foreach (var layer in _layers)
            output = layer.call(output); // [N, hidden], finally [N, outputs]
        return output.MoveToOuterDisposeScope();
    }
}
