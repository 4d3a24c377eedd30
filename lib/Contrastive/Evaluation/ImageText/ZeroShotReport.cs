using System.Globalization;
using Contrastive.Torch;

namespace Contrastive.Evaluation;

/// <summary>How many images a <see cref="ZeroShotClassifier"/> recognized.</summary>
public sealed class ZeroShotReport
{
    private ZeroShotReport(IReadOnlyList<ClassAccuracy> perClass, IReadOnlyList<long> predictions, IReadOnlyList<long> ranks) =>
        (PerClass, Predictions, Ranks) = (perClass, predictions, ranks);

    /// <summary>The share of images whose class scores highest, in [0, 1].</summary>
    public double Top1 => Share(1);

    /// <summary>The share of images whose class is among the best five; null where there are five classes or fewer, since it would be 1
    /// whatever the encoder does.</summary>
    public double? Top5 => PerClass.Count > 5 ? Share(5) : null;

    /// <summary>The mean of the classes' accuracies, over the classes that have images: what is reported where classes differ in size.</summary>
    public double MeanPerClass => PerClass.Where(each => each.Images > 0).Average(each => each.Accuracy);

    /// <summary>What guessing reaches in <see cref="Top1"/> and <see cref="MeanPerClass"/>: one over the number of classes.</summary>
    public double Chance => 1.0 / PerClass.Count;

    /// <summary>Class by class, in the order of the labels.</summary>
    public IReadOnlyList<ClassAccuracy> PerClass { get; }

    /// <summary>The class predicted for each image. Where classes tie it is the lowest of them, which <see cref="Top1"/> does not count.</summary>
    public IReadOnlyList<long> Predictions { get; }

    /// <summary>The rank of the right class of each image among all classes, from 1; ties count against it.</summary>
    public IReadOnlyList<long> Ranks { get; }

    /// <summary>The figures in one line.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"top 1 {Top1:P1}{(Top5 is { } top5 ? $", top 5 {top5:P1}" : "")}, mean per class {MeanPerClass:P1} (chance {Chance:P1}; {Counted.Of(Ranks.Count, "image")}, {Counted.Of(PerClass.Count, "class", "classes")})");

    internal static ZeroShotReport Of(IReadOnlyList<string> classNames, IReadOnlyList<long> truths, IReadOnlyList<long> predictions, IReadOnlyList<long> ranks)
    {
        var (images, right) = (new int[classNames.Count], new int[classNames.Count]);
        foreach (var (truth, rank) in truths.Zip(ranks))
        {
            images[truth]++;
            right[truth] += rank == 1 ? 1 : 0;
        }

        return new ZeroShotReport([.. classNames.Select((name, c) => new ClassAccuracy(name, images[c], right[c] / (double)images[c]))], predictions, ranks);
    }

    private double Share(int k) => Ranks.Count(rank => rank <= k) / (double)Ranks.Count;
}

/// <summary>How many images of one class were recognized.</summary>
/// <param name="Class">The class's name.</param>
/// <param name="Images">How many images it has.</param>
/// <param name="Accuracy">The share of them that were recognized, in [0, 1]; NaN for a class without images.</param>
public sealed record ClassAccuracy(string Class, int Images, double Accuracy);
