using Xunit;

namespace Contrastive.Tests.Losses;

/// <summary>The batches on which every loss is compared with its oracle: several shapes and the edge cases.</summary>
public static class Cases
{
    public static double[][] Random(int rows, int columns, int seed, double scale = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, rows).Select(_ => Enumerable.Range(0, columns).Select(_ => scale * Normal(random)).ToArray())];
    }

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static double[][] Copy(double[][] rows) => [.. rows.Select(row => row.ToArray())];

    /// <summary>Name, first view, second view.</summary>
    public static TheoryData<string, double[][], double[][]> TwoViews()
    {
        var data = new TheoryData<string, double[][], double[][]>();
        foreach (var (rows, columns) in new[] { (2, 3), (3, 1), (5, 8), (7, 2), (12, 4) })
            data.Add($"{rows} x {columns}", Random(rows, columns, rows), Random(rows, columns, rows + 100));

        var duplicates = Random(4, 3, 7);
        duplicates[2] = [.. duplicates[0]];
        data.Add("duplicates", duplicates, Copy(duplicates));
        data.Add("long vectors", Random(4, 3, 8, scale: 5), Random(4, 3, 9, scale: 5));
        data.Add("short vectors", Random(4, 3, 8, scale: 0.01), Random(4, 3, 9, scale: 0.01));
        return data;
    }

    /// <summary>Name, embeddings, labels.</summary>
    public static TheoryData<string, double[][], long[]> Labeled() => new()
    {
        { "two pairs", Random(4, 3, 1), [0, 1, 0, 1] },
        { "three of a class", Random(6, 2, 2), [5, 5, 5, -1, -1, -1] },
        { "uneven classes", Random(9, 4, 3), [0, 0, 0, 0, 1, 1, 2, 2, 2] },
        { "wide", Random(8, 16, 4), [0, 1, 2, 3, 0, 1, 2, 3] },
        { "one column", Random(5, 1, 5), [0, 0, 1, 1, 1] },
        { "a singleton class", Random(6, 3, 6), [0, 0, 1, 2, 2, 2] },
        { "mostly singletons", Random(5, 3, 7), [0, 1, 2, 3, 0] },
        { "one class only", Random(4, 3, 8), [3, 3, 3, 3] },
        { "one pair only", Random(2, 3, 9), [3, 3] },
        { "long vectors", Random(6, 3, 10, scale: 4), [0, 0, 1, 1, 2, 2] },
        { "duplicates", [[1, 2], [1, 2], [0.5, -1], [0.5, -1], [1, 2], [2, 0.1]], [0, 0, 1, 1, 1, 0] },
    };

    /// <summary>Name, embeddings, labels, references, their labels.</summary>
    public static TheoryData<string, double[][], long[], double[][], long[]> Against() => new()
    {
        { "more references than anchors", Random(4, 3, 21), [0, 1, 2, 0], Random(7, 3, 22), [0, 0, 1, 2, 1, 3, 3] },
        { "fewer references than anchors", Random(6, 4, 23), [0, 0, 1, 1, 2, 2], Random(3, 4, 24), [2, 0, 1] },
        { "one anchor", Random(1, 3, 25), [1], Random(5, 3, 26), [0, 1, 1, 2, 0] },
        { "one reference", Random(3, 3, 27), [0, 1, 0], Random(1, 3, 28), [0] },
        { "an anchor without a positive", Random(3, 2, 29), [0, 1, 9], Random(4, 2, 30), [0, 1, 1, 0] },
        { "no positive", Random(3, 2, 31), [7, 8, 9], Random(4, 2, 32), [0, 1, 1, 0] },
        { "no negative", Random(3, 2, 33), [5, 5, 5], Random(4, 2, 34), [5, 5, 5, 5] },
    };
}
