using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Sampling;

/// <summary>The items of each class, as contiguous ranges of one array.</summary>
internal sealed class LabelGroups
{
    public LabelGroups(Tensor labels)
    {
        Require.Shape(labels, "Int64 [N]", "one class for each item");
        using var scope = NewDisposeScope();
        var values = labels.cpu().contiguous().data<long>().ToArray();
        Members = [.. Enumerable.Range(0, values.Length).Select(i => (long)i)];
        Array.Sort((long[])values.Clone(), Members); // not stable: order within a class is restored below
        var starts = new List<int>();
        GroupOf = new int[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            if (i == 0 || values[Members[i]] != values[Members[i - 1]])
                starts.Add(i);
            GroupOf[Members[i]] = starts.Count - 1;
        }

        starts.Add(values.Length);
        Starts = [.. starts];
        for (var group = 0; group < Count; group++)
            Array.Sort(Members, Starts[group], SizeOf(group));
        Labels = [.. Enumerable.Range(0, Count).Select(group => values[Members[Starts[group]]])];
    }

    /// <summary>The number of classes that occur.</summary>
    public int Count => Starts.Length - 1;

    /// <summary>Items, class by class.</summary>
    public long[] Members { get; }

    /// <summary>Where each class starts in <see cref="Members"/>; one more entry for the end.</summary>
    public int[] Starts { get; }

    /// <summary>The class number (0 … Count − 1) of each item.</summary>
    public int[] GroupOf { get; }

    /// <summary>The label of each class number.</summary>
    public long[] Labels { get; }

    public int SizeOf(int group) => Starts[group + 1] - Starts[group];
}
