using System.Runtime.ExceptionServices;
using static TorchSharp.torch;

namespace Contrastive.Losses;

/// <summary>
/// The order in which tiles (row block, column block) are visited: rounds in which no block occurs twice, so that the tiles of a round
/// run in parallel and still add into shared sums without locks, and in an order that does not depend on the number of threads.
/// </summary>
internal static class TileSchedule
{
    /// <summary>All tiles of a rectangle, along its diagonals.</summary>
    public static IReadOnlyList<(int Row, int Column)[]> Rectangle(int rows, int columns) =>
        [.. Enumerable.Range(0, Math.Max(rows, columns)).Select(shift => Enumerable.Range(0, Math.Min(rows, columns))
            .Select(i => rows <= columns ? (i, (i + shift) % columns) : ((i + shift) % rows, i)).ToArray())];

    /// <summary>The diagonal and all tiles above it, as a round-robin tournament pairs its players.</summary>
    public static IReadOnlyList<(int Row, int Column)[]> UpperTriangle(int blocks)
    {
        List<(int, int)[]> rounds = [[.. Enumerable.Range(0, blocks).Select(i => (i, i))]];
        var players = blocks + (blocks % 2); // with an odd number, one sits out each round
        for (var round = 0; round < players - 1; round++)
        {
            var pairs = Enumerable.Range(0, players / 2)
                .Select(k => k == 0 ? (round, players - 1) : ((round + k) % (players - 1), (round - k + players - 1) % (players - 1)))
                .Where(pair => Math.Max(pair.Item1, pair.Item2) < blocks)
                .Select(pair => (Math.Min(pair.Item1, pair.Item2), Math.Max(pair.Item1, pair.Item2)));
            rounds.Add([.. pairs]);
        }

        return rounds;
    }

    /// <summary>Visits all tiles. Each worker is a thread with its own buffers, on which torch itself runs single-threaded.</summary>
    public static void Run<TBuffers>(
        IReadOnlyList<(int Row, int Column)[]> rounds, int workers, Func<TBuffers> allocate, Action<TBuffers, int, int> visit)
    {
        workers = Math.Min(workers, rounds.Max(round => round.Length));
        if (workers == 1)
        {
            using var scope = NewDisposeScope();
            var buffers = allocate();
            foreach (var round in rounds)
                VisitRound(round, 0, 1, buffers, visit);
            return;
        }

        ExceptionDispatchInfo? failure = null;
        using var together = new Barrier(workers);
        void Work(int worker)
        {
            using var noGrad = no_grad();
            using var scope = NewDisposeScope();
            set_num_threads(1);
            TBuffers buffers = default!;
            for (var round = -1; round < rounds.Count; round++)
            {
                try
                {
                    if (round < 0)
                        buffers = allocate();
                    else if (Volatile.Read(ref failure) is null)
                        VisitRound(rounds[round], worker, workers, buffers, visit);
                }
                catch (Exception exception)
                {
                    Interlocked.CompareExchange(ref failure, ExceptionDispatchInfo.Capture(exception), null);
                }

                together.SignalAndWait();
            }
        }

        var threadsOfTorch = get_num_threads();
        var threads = Enumerable.Range(0, workers).Select(worker => new Thread(() => Work(worker)) { IsBackground = true }).ToArray();
        foreach (var thread in threads)
            thread.Start();
        foreach (var thread in threads)
            thread.Join();
        set_num_threads(threadsOfTorch); // otherwise later threads would inherit the workers' setting
        failure?.Throw();
    }

    private static void VisitRound<TBuffers>((int Row, int Column)[] round, int first, int step, TBuffers buffers, Action<TBuffers, int, int> visit)
    {
        for (var k = first; k < round.Length; k += step)
        {
            using var scope = NewDisposeScope();
            visit(buffers, round[k].Row, round[k].Column);
        }
    }
}
