using System.Text;
using Contrastive.Data;
using Contrastive.Tests.Torch;
using Xunit;

namespace Contrastive.Tests.Data;

[Collection(GarbageCollection.Name)]
public sealed class LineReaderTests
{
    [Theory]
    [InlineData("", new string[0])]
    [InlineData("a", new[] { "a" })]
    [InlineData("a\nb\n", new[] { "a", "b" })]
    [InlineData("\r\n\na\r\n\r", new[] { "", "", "a", "" })]
    [InlineData("\uFEFFa\n\uFEFFb", new[] { "a", "\uFEFFb" })]
    [InlineData("a\rb\n\n", new[] { "a\rb", "" })]
    public void Lines_end_with_line_feeds_with_or_without_carriage_returns(string text, string[] expected) =>
        Assert.Equal(expected.Select((line, place) => (place + 1, line)), Read(new MemoryStream(Encoding.UTF8.GetBytes(text))));

    [Fact]
    public void Lines_of_any_length_are_those_of_a_plain_split()
    {
        var random = new Random(5);
        var text = string.Join('\n', Enumerable.Range(0, 120).Select(_ => new string('é', random.Next(3) == 0 ? random.Next(100_000) : random.Next(50))));
        Assert.Equal(text.Split('\n'), Read(new Trickle(Encoding.UTF8.GetBytes(text))).Select(line => line.Text));
    }

    [Fact]
    public void Many_lines_take_no_more_memory_than_one()
    {
        var line = new byte[1000];
        line.AsSpan(0, 999).Fill((byte)'a');
        line[999] = (byte)'\n';
        using var lines = new LineReader(new StreamedFile("many", () => new Repeated(line, 50_000)));
        var before = GC.GetAllocatedBytesForCurrentThread();
        var count = 0;
        while (lines.Next())
            count += lines.Line.Length == 999 ? 1 : 0;
        Assert.Equal(50_000, count);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20); // of 50 MB
    }

    [Fact]
    public void A_passage_of_a_long_line_is_held_once_beside_the_line()
    {
        const int length = 100_000_000;
        using var folder = new TemporaryFolder();
        var text = new byte[length / 100];
        text.AsSpan().Fill((byte)'a');
        using (var file = File.Create(folder.At("corpus.jsonl")))
        {
            file.Write("{\"_id\": \"a\", \"text\": \""u8);
            for (var piece = 0; piece < 100; piece++)
                file.Write(text);
            file.Write("\"}\n{\"_id\": \"b\", \"text\": \"\"}"u8);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal([("a", length), ("b", 0)], BeirSet.ReadPassages(folder.At("corpus.jsonl")).Select(passage => (passage.Id, passage.Text.Length)));
        // The text, two bytes a character, and the buffer, which doubled until the line fitted.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 3L * length, (2L * length) + (2L << 27) + (1 << 20));
    }

    private static List<(int Number, string Text)> Read(Stream content)
    {
        using var lines = new LineReader(new StreamedFile("file", () => content));
        var all = new List<(int, string)>();
        while (lines.Next())
            all.Add((lines.Number, lines.Text().Text));
        return all;
    }

    /// <summary>Gives few bytes at a time.</summary>
    private sealed class Trickle(byte[] bytes) : ForwardStream(new MemoryStream(bytes))
    {
        public override int Read(Span<byte> buffer) => Inner.Read(buffer[..Math.Min(buffer.Length, 977)]);
    }

    /// <summary>The same bytes many times.</summary>
    private sealed class Repeated(byte[] bytes, int times) : ForwardStream(Null)
    {
        private long _position;

        public override int Read(Span<byte> buffer)
        {
            var left = (int)Math.Min(buffer.Length, ((long)bytes.Length * times) - _position);
            var piece = bytes.AsSpan((int)(_position % bytes.Length));
            piece = piece[..Math.Min(left, piece.Length)];
            piece.CopyTo(buffer);
            _position += piece.Length;
            return piece.Length;
        }
    }
}
