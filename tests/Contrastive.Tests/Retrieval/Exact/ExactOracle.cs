using static TorchSharp.torch;

namespace Contrastive.Tests.Retrieval;

/// <summary>Search as loops: every product, then a sort.</summary>
internal static class ExactOracle
{
    /// <summary>Indices of the best items of each query: by score, then by place.</summary>
    public static int[][] Find(float[][] queries, float[][] items, int topK, Func<float[], float[], float> score) =>
        [.. queries.Select(query => Enumerable.Range(0, items.Length).OrderByDescending(i => score(query, items[i])).ThenBy(i => i).Take(topK).ToArray())];

    /// <summary>The sum in the order of the dimensions, each step rounded once.</summary>
    public static float Dot(float[] query, float[] item)
    {
        var sum = 0f;
        for (var i = 0; i < query.Length; i++)
            sum = MathF.FusedMultiplyAdd(item[i], query[i], sum);
        return sum;
    }

    public static float[][] Normal(int rows, int dimension, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, rows).Select(_ => Enumerable.Range(0, dimension).Select(_ =>
            (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()))).ToArray())];
    }

    public static Tensor Matrix(float[][] rows) => tensor(rows.SelectMany(row => row).ToArray(), [rows.Length, rows[0].Length]);

    public static int[][] Indices(Tensor found) => [.. found.data<long>().ToArray().Select(index => (int)index).Chunk((int)found.size(1))];

    public static float[][] Scores(Tensor found) => [.. found.data<float>().ToArray().Chunk((int)found.size(1))];
}
