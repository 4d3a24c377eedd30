using Contrastive.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace Contrastive.Encoders;

/// <summary>
/// The tokens of a batch as rows <c>[N, …]</c>, on which everything but attention works. On a CPU padding is left out, so that it costs
/// nothing; on a GPU that would synchronize with the device in each step, so N is B·T. Dropout draws its numbers as for the whole batch,
/// in PyTorch's order.
/// </summary>
internal sealed class TokenRows
{
    // Leaving out less is not worth the copies.
    private const double LeastPadding = 0.1;

    private readonly long _batch;
    private readonly long _length;
    private readonly Tensor? _kept;
    private readonly Lazy<int[]> _places;

    /// <param name="attentionMask">1 at tokens, 0 at padding, <c>[B, T]</c>; null where nothing is padding.</param>
    /// <param name="batch">B.</param>
    /// <param name="length">T.</param>
    /// <param name="type">The type that the encoder computes in.</param>
    public TokenRows(Tensor? attentionMask, long batch, long length, ScalarType type)
    {
        (_batch, _length) = (batch, length);
        _places = new Lazy<int[]>(Places);
        if (attentionMask is null)
            return;
        AttentionMask = attentionMask.to(type).sub_(1).mul_(finfo(type).max).unsqueeze(1).unsqueeze(1);
        if (attentionMask.device_type == DeviceType.CPU)
            _kept = Kept(attentionMask.flatten().ne(0));
    }

    /// <summary>B, the number of sequences.</summary>
    public long Batch => _batch;

    /// <summary>T, their length with padding.</summary>
    public long Length => _length;

    /// <summary>0 where there is a token, the most negative number where there is padding, <c>[B, 1, 1, T]</c>; or null.</summary>
    public Tensor? AttentionMask { get; }

    /// <summary><c>[B, T, …]</c> as rows <c>[N, …]</c>.</summary>
    public Tensor Of(Tensor whole) => _kept is null ? whole.flatten(0, 1) : whole.flatten(0, 1).index_select(0, _kept);

    /// <summary>Rows <c>[N, C]</c> as <c>[B, T, C]</c>, zero where padding was left out.</summary>
    public Tensor Whole(Tensor rows)
    {
        if (_kept is null)
            return rows.view(_batch, _length, -1);
        using var scope = NewDisposeScope();
        return zeros(_batch * _length, rows.size(1), rows.dtype).index_copy(0, _kept, rows).view(_batch, _length, -1).MoveToOuterDisposeScope();
    }

    /// <summary>Where tokens are among the rows.</summary>
    /// <param name="places">For each token b·T + t, int64 <c>[K]</c>; none is padding.</param>
    public Tensor RowsAt(Tensor places)
    {
        if (_kept is null)
            return places.alias();
        using var scope = NewDisposeScope();
        return zeros(_batch * _length, int64).index_copy_(0, _kept, arange(_kept.size(0), int64)).index_select(0, places).MoveToOuterDisposeScope();
    }

    /// <summary>Dropout of rows <c>[N, C]</c>.</summary>
    public Tensor Dropout(Tensor rows, double probability, bool training)
    {
        if (!training || probability == 0 || rows.device_type != DeviceType.CPU)
            return nn.functional.dropout(rows, probability, training);
        using var scope = NewDisposeScope();
        var kept = DropoutNoise.Draw(_places.Value, rows.size(0), (int)rows.size(1), probability);
        return (rows * kept.to(rows.dtype).div_(1 - probability)).MoveToOuterDisposeScope();
    }

    // The index of each row of the whole batch among the rows that are kept, or −1.
    private int[] Places()
    {
        var places = new int[_batch * _length];
        if (_kept is null)
            return [.. Enumerable.Range(0, places.Length)];
        Array.Fill(places, -1);
        foreach (var (place, row) in _kept.data<long>().Index())
            places[row] = place;
        return places;
    }

    // Topped up with padding to a number of rows for which the matrix product is fast.
    private static Tensor? Kept(Tensor isToken)
    {
        var tokens = isToken.sum().item<long>();
        var lacking = LinearProduct.RowsLacking(tokens);
        if (tokens + lacking > (1 - LeastPadding) * isToken.numel())
            return null;
        return cat([isToken.nonzero().squeeze(1), isToken.logical_not().nonzero().squeeze(1).narrow(0, 0, lacking)]);
    }
}
