using System.Buffers;
using System.Text;

namespace Contrastive.Torch;

/// <summary>Half of a surrogate pair: no character, so that no UTF-8 text can hold it.</summary>
internal static class HalfSurrogate
{
    /// <summary>Whether a text holds one.</summary>
    public static bool IsIn(string text)
    {
        for (var rest = text.AsSpan(); rest.IndexOfAnyInRange('\ud800', '\udfff') is var place and >= 0;)
        {
            if (Rune.DecodeFromUtf16(rest[place..], out _, out var width) != OperationStatus.Done)
                return true;
            rest = rest[(place + width)..];
        }

        return false;
    }
}
