using static TorchSharp.torch;

namespace Contrastive.Display;

/// <summary>Labels that each have a name.</summary>
internal static class ClassLabels
{
    public static int[] Of(Tensor labels, int count, IReadOnlyList<string> classNames, string name)
    {
        var result = TensorValues.Labels(labels, count, name);
        if (result.Length > 0 && (result.Min() < 0 || result.Max() >= classNames.Count))
            throw new ArgumentException($"{name} runs from {result.Min()} to {result.Max()}, but there are {classNames.Count} class names.", name);
        return result;
    }
}
