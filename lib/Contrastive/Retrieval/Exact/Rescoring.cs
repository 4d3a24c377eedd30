using static TorchSharp.torch;

namespace Contrastive.Retrieval;

/// <summary>A second look at what rounded vectors found: the candidates' scores from the float32 vectors, as a search over these would give
/// them, and the best of them.</summary>
internal sealed class Rescoring(Float32Rows originals, int oversampling)
{
    /// <summary>Candidates for each result.</summary>
    public int Oversampling => oversampling;

    /// <summary>The best of the candidates.</summary>
    /// <param name="queries">float32 <c>[Q, D]</c>.</param>
    /// <param name="candidates">int64 <c>[Q, C]</c>.</param>
    /// <param name="topK">K, at most C.</param>
    public unsafe (Tensor Scores, Tensor Indices) Run(Tensor queries, Tensor candidates, int topK)
    {
        var (count, width, dimension) = ((int)candidates.size(0), (int)candidates.size(1), originals.Dimension);
        var (scores, indices) = (empty([count, topK], float32), empty([count, topK], int64));
        float* query = TensorVectors.First<float>(queries), score = TensorVectors.First<float>(scores);
        long* candidate = TensorVectors.First<long>(candidates), index = TensorVectors.First<long>(indices);
        Parallel.For(0, count, row =>
        {
            using var best = new BestScores(1, 0, topK);
            for (var place = 0; place < width; place++)
            {
                var item = (int)candidate[(long)row * width + place];
                best.Keep(0, Product(query + (long)row * dimension, originals.Read(item, 1, null)) * (originals.Factors?[item] ?? 1), item);
            }

            best.Write(score + (long)row * topK, index + (long)row * topK);
        });
        return (scores, indices);
    }

    /// <summary>The sum in the order of <see cref="DotProducts"/>, so that the score is the same.</summary>
    private unsafe float Product(float* query, float* item)
    {
        var sum = 0f;
        for (var i = 0; i < originals.Dimension; i++)
            sum = MathF.FusedMultiplyAdd(item[i], query[i], sum);
        return sum;
    }
}
