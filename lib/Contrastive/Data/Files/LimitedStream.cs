namespace Contrastive.Data;

/// <summary>Reads another stream until a budget is spent.</summary>
internal sealed class LimitedStream(Stream inner, ByteBudget budget) : ForwardStream(inner)
{
    public override int Read(Span<byte> buffer)
    {
        var count = Inner.Read(buffer);
        budget.Spend(count);
        return count;
    }
}
