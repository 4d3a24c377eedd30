using TorchSharp;
using static TorchSharp.torch;

namespace Contrastive.Losses;

/// <summary>
/// The matrix of products S = A·Bᵀ of two sets of rows, seen tile by tile and never held. Where B is A, S is symmetric and only the tiles
/// on and above the diagonal are visited. No gradient is recorded.
/// </summary>
internal sealed class TiledProducts
{
    private readonly Tensor[] _rowBlocks;
    private readonly Tensor[] _columnBlocks;
    private readonly Tensor[] _transposedColumnBlocks;
    private readonly EntryRules _rules;
    private readonly bool _weighs;
    private readonly IReadOnlyList<(int Row, int Column)[]> _rounds;
    private readonly Device _device;
    private readonly ScalarType _type;

    /// <param name="rows">A <c>[N, D]</c></param>
    /// <param name="columns">B <c>[M, D]</c>, or null for A itself.</param>
    /// <param name="rules">Applied to each tile.</param>
    /// <param name="edge">The size of a tile; chosen automatically if null.</param>
    /// <param name="weighs">Whether ln w is added to the tiles; otherwise entries are only left out.</param>
    public TiledProducts(Tensor rows, Tensor? columns, EntryRules rules, int? edge = null, bool weighs = true)
    {
        (_device, _type, _rules, _weighs) = (rows.device, rows.dtype, rules, weighs);
        IsSymmetric = columns is null;
        Edge = edge ?? ChooseEdge(rows, columns ?? rows);
        _rowBlocks = Split(rows);
        _columnBlocks = columns is null ? _rowBlocks : Split(columns);
        _transposedColumnBlocks = [.. _columnBlocks.Select(block => block.t())];
        _rounds = columns is null
            ? TileSchedule.UpperTriangle(_rowBlocks.Length)
            : TileSchedule.Rectangle(_rowBlocks.Length, _columnBlocks.Length);
    }

    public bool IsSymmetric { get; }

    /// <summary>The number of rows and of columns of a tile.</summary>
    public int Edge { get; }

    /// <summary>Consecutive blocks of a tensor with one entry for each row, as views of it.</summary>
    public Tensor[] Split(Tensor values) =>
        [.. Enumerable.Range(0, (int)((values.size(0) + Edge - 1) / Edge))
            .Select(k => values.narrow(0, (long)k * Edge, Math.Min(Edge, values.size(0) - ((long)k * Edge))))];

    /// <summary>Passes each tile of S to <paramref name="visit"/>, which may overwrite it: (tile, spare of the same shape, row block,
    /// column block).</summary>
    public void Visit(Action<Tensor, Tensor, int, int> visit)
    {
        var workers = _device.type == DeviceType.CPU ? get_num_threads() : 1;
        TileSchedule.Run(
            _rounds,
            workers,
            () => new Buffers(empty(Edge, Edge, _type, _device), empty(Edge, Edge, _type, _device)),
            (buffers, i, j) =>
            {
                var (tile, spare) = buffers.Of(_rowBlocks[i].size(0), _columnBlocks[j].size(0));
                visit(Product(tile, i, j), spare, i, j);
            });
    }

    /// <summary>Gradients of a sum over S with respect to A and B: <paramref name="weigh"/> overwrites each tile with the derivatives.</summary>
    public (Tensor Rows, Tensor? Columns) Gradients(Action<Tensor, Tensor, int, int> weigh, bool ofColumns)
    {
        var rows = Zeros(_rowBlocks);
        var columns = IsSymmetric ? rows : ofColumns ? Zeros(_columnBlocks) : null;
        var (ofRowBlocks, ofColumnBlocks) = (Split(rows), columns is null ? null : Split(columns));
        Visit((tile, spare, i, j) =>
        {
            weigh(tile, spare, i, j);
            ofRowBlocks[i].addmm_(tile, _columnBlocks[j], beta: 1, alpha: 1);
            if (ofColumnBlocks is not null && !(IsSymmetric && i == j))
                ofColumnBlocks[j].addmm_(tile.t(), _rowBlocks[i], beta: 1, alpha: 1);
        });
        return (rows, columns);
    }

    private Tensor Product(Tensor tile, int i, int j)
    {
        tile.addmm_(_rowBlocks[i], _transposedColumnBlocks[j], beta: 0, alpha: 1);
        if (_weighs)
            _rules.Apply(tile, (long)i * Edge, (long)j * Edge);
        else
            _rules.LeaveOut(tile, (long)i * Edge, (long)j * Edge);
        return tile;
    }

    /// <summary>ln w of a tile, or null where every w is 1.</summary>
    public Tensor? LogWeights(Tensor tile, int i, int j) => _rules.LogWeights(tile, (long)i * Edge, (long)j * Edge);

    private Tensor Zeros(Tensor[] blocks) => zeros([blocks.Sum(block => block.size(0)), blocks[0].size(1)], _type, _device);

    // A worker's own memory; the last row and column of tiles use a part of it.
    private sealed record Buffers(Tensor Tile, Tensor Spare)
    {
        public (Tensor Tile, Tensor Spare) Of(long height, long width) =>
            height == Tile.size(0) && width == Tile.size(1) ? (Tile, Spare) : (Part(Tile, height, width), Part(Spare, height, width));

        private static Tensor Part(Tensor buffer, long height, long width) => buffer.view(-1).narrow(0, 0, height * width).view(height, width);
    }

    // Tiles that stay in a core's cache, and enough of them for the threads; on a GPU fewer and larger ones.
    private static int ChooseEdge(Tensor rows, Tensor columns)
    {
        var shorter = Math.Min(rows.size(0), columns.size(0));
        return rows.device_type == DeviceType.CPU ? (int)Math.Clamp(shorter / 16, 64, 512) : 4096;
    }
}
