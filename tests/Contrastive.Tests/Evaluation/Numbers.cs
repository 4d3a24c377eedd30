using static TorchSharp.torch;

namespace Contrastive.Tests.Evaluation;

/// <summary>Seeded matrices as arrays, for oracles written as loops.</summary>
internal static class Numbers
{
    public static double[][] Normal(int rows, int columns, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, rows).Select(_ => Enumerable.Range(0, columns).Select(_ =>
            Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble())).ToArray())];
    }

    public static long[] Labels(int count, int classes, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (long)random.Next(classes))];
    }

    /// <summary>Clusters around well-separated centers: row i belongs to cluster i mod classes.</summary>
    public static double[][] Clusters(int rows, int columns, int classes, double distance, int seed)
    {
        var points = Normal(rows, columns, seed);
        for (var i = 0; i < rows; i++)
            points[i][i % classes] += distance;
        return points;
    }

    public static Tensor Matrix(double[][] rows, ScalarType type = ScalarType.Float64) =>
        tensor(rows.SelectMany(row => row).ToArray(), [rows.Length, rows[0].Length], dtype: type);

    public static double[][] Rows(Tensor matrix)
    {
        using var wide = matrix.to(float64).contiguous();
        var values = wide.data<double>().ToArray();
        return [.. values.Chunk((int)matrix.size(1))];
    }
}
