namespace Contrastive.Data;

/// <summary>Reads another stream until a budget is spent.</summary>
internal sealed class LimitedStream(Stream inner, ByteBudget budget) : ForwardStream(inner)
{
    private readonly Stream _inner = inner;

    public override int Read(Span<byte> buffer)
    {
        var count = _inner.Read(buffer);
        budget.Spend(count);
        return count;
    }
}
