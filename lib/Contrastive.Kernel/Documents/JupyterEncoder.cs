using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;

namespace Contrastive.Kernel.Documents;

/// <summary>
/// Escapes what Python's <c>json.dumps(ensure_ascii=False)</c> escapes and nothing else, so that a notebook saved here and one saved by
/// Jupyter differ only where their contents do.
/// </summary>
internal sealed unsafe class JupyterEncoder : JavaScriptEncoder
{
    public static readonly JupyterEncoder Instance = new();

    public override int MaxOutputCharactersPerInputCharacter => 6;

    public override int FindFirstCharacterToEncode(char* text, int textLength)
    {
        for (var i = 0; i < textLength; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < textLength && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(text[i]) || WillEncode(text[i]))
            {
                return i;
            }
        }

        return -1;
    }

    public override bool TryEncodeUnicodeScalar(int unicodeScalar, char* buffer, int bufferLength, out int numberOfCharactersWritten)
    {
        Span<char> plain = stackalloc char[2];
        var escaped = unicodeScalar switch
        {
            '"' => "\\\"",
            '\\' => "\\\\",
            '\n' => "\\n",
            '\r' => "\\r",
            '\t' => "\\t",
            '\b' => "\\b",
            '\f' => "\\f",
            < 0x20 => "\\u" + unicodeScalar.ToString("x4", CultureInfo.InvariantCulture),
            _ => null,
        };
        var written = escaped is null ? plain[..new Rune(unicodeScalar).EncodeToUtf16(plain)] : escaped.AsSpan();
        numberOfCharactersWritten = written.TryCopyTo(new Span<char>(buffer, bufferLength)) ? written.Length : 0;
        return numberOfCharactersWritten > 0;
    }

    public override bool WillEncode(int unicodeScalar) => unicodeScalar is < 0x20 or '"' or '\\';
}
