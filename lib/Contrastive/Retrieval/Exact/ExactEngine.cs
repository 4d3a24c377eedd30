using System.Runtime.Intrinsics;
using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Retrieval;

/// <summary>Searches rows with all threads that are asked for: each takes the next part of the items until none is left.</summary>
internal static unsafe class ExactEngine
{
    /// <summary>Items in a part: enough to be worth a thread's way to the next. A thread reads within one part at a time.</summary>
    public const int Part = 1 << 14;

    /// <summary>Queries that are searched for together: as many as stay in a cache.</summary>
    private const int MostQueries = 1024;

    /// <summary>Places for the best of all queries that are searched for together: 16 million, 128 MB a thread.</summary>
    private const int MostPlaces = 1 << 24;

    /// <summary>The most items that are counted in 32 bits on the way through them.</summary>
    private const int MostItems = int.MaxValue - 2 * Part;

    /// <exception cref="ArgumentOutOfRangeException">There are too many items.</exception>
    public static void Check(long items) => Require.Between(items, 0, MostItems, "search the rest as another index", "the number of vectors");

    /// <summary>The best of each query; places that stay empty have score −∞ and index −1.</summary>
    /// <param name="items">N rows of D, at least one.</param>
    /// <param name="queries">Contiguous float32 <c>[Q, D]</c>.</param>
    /// <param name="scores">Where they go: float32 <c>[Q, K]</c>.</param>
    /// <param name="indices">Where they go: int64 <c>[Q, K]</c>.</param>
    /// <param name="threads">At least 1.</param>
    /// <param name="groups">Leaves out the items of each query's own group.</param>
    /// <param name="isWide">Whether to compute in registers of 512 bits or of 256; by default what the processor has.</param>
    public static void Search(
        VectorRows items, Tensor queries, Tensor scores, Tensor indices, int threads, GroupFilter? groups = null, bool? isWide = null)
    {
        var (count, topK) = ((int)scores.size(0), (int)scores.size(1));
        var block = (int)Math.Clamp(MostPlaces / BestScores.Places(topK), 1, MostQueries);
        for (var start = 0; start < count; start += block)
        {
            var rows = Math.Min(block, count - start);
            var (q, s, i) = (queries.narrow(0, start, rows), scores.narrow(0, start, rows), indices.narrow(0, start, rows));
            if (isWide ?? Vector512.IsHardwareAccelerated)
                Search<Lanes512>(items, q, s, i, threads, groups?.From(start));
            else
                Search<Lanes256>(items, q, s, i, threads, groups?.From(start));
        }
    }

    private static void Search<T>(VectorRows items, Tensor queries, Tensor scores, Tensor indices, int threads, GroupFilter? groups)
        where T : struct, ILanes<T>
    {
        var (count, topK) = ((int)scores.size(0), (int)scores.size(1));
        using var panels = new QueryPanels<T>(TensorVectors.First<float>(queries), count, items.Dimension);
        var parts = (items.Count - 1) / Part + 1;
        var scans = new ExactScan<T>[Math.Min(threads, parts)];
        try
        {
            for (var i = 0; i < scans.Length; i++)
                scans[i] = new ExactScan<T>(items, panels, count, topK, groups);
            var next = -1;
            Parallel.ForEach(scans, new ParallelOptions { MaxDegreeOfParallelism = scans.Length }, scan =>
            {
                for (int part; (part = Interlocked.Increment(ref next)) < parts;)
                    scan.Run(part * Part, (int)Math.Min((part + 1L) * Part, items.Count));
            });
            foreach (var scan in scans[1..])
                scans[0].Best.Merge(scan.Best);
            scans[0].Best.Write(TensorVectors.First<float>(scores), TensorVectors.First<long>(indices));
        }
        finally
        {
            foreach (var scan in scans)
                scan?.Dispose();
        }
    }
}
