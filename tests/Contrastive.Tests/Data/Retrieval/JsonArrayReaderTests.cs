using System.Text;
using System.Text.Json;
using Contrastive.Data;
using Xunit;
using static Contrastive.Tests.Data.RetrievalFiles;

namespace Contrastive.Tests.Data;

public sealed class JsonArrayReaderTests
{
    [Fact]
    public void Elements_are_those_of_a_parser_that_holds_the_whole_text()
    {
        var random = new Random(11);
        for (var round = 0; round < 12; round++)
        {
            var elements = Enumerable.Range(0, random.Next(60)).Select(_ => JsonSerializer.Serialize(Value(random, 3))).ToArray();
            var array = $"[{string.Join(random.Next(2) == 0 ? "," : " ,\r\n", elements)}]";
            var expected = JsonDocument.Parse(array).RootElement.EnumerateArray().Select(Text).ToArray();
            Assert.Equal(expected, Read(array));
            Assert.Equal(expected, Read($"{{ \"a\": {array}, \"data\":{array} , \"b\": [{{}}] }}", "data"));
        }
    }

    [Fact]
    public void A_long_array_takes_no_more_memory_than_one_element()
    {
        var element = Encoding.UTF8.GetBytes($"{{\"text\": \"{new string('a', 990)}\"}},");
        var text = new byte[element.Length * 30_000];
        for (var start = 0; start < text.Length; start += element.Length)
            element.CopyTo(text, start);
        text[^1] = (byte)']';
        var file = new StreamedFile("long", () => new Joined("["u8.ToArray(), text));
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(30_000, JsonArrayReader.Read(file, null, "element", (ref Utf8JsonReader json) => json.TrySkip()).Count());
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20); // of 30 MB
    }

    [Theory]
    [InlineData("", null, ", line 1: it is not JSON:")]
    [InlineData("{}", null, ": it is an object; expected an array.")]
    [InlineData("[1]", "data", ": it is an array; expected an object.")]
    [InlineData("{\"other\": [1]}", "data", ": there is no 'data'.")]
    [InlineData("{\"data\": {}}", "data", ": 'data' is an object; expected an array.")]
    [InlineData("[1,\n2,\n{\"a\": tru", null, ", line 3: it is not JSON:")]
    [InlineData("[1,\n2", null, ", line 2: it is not JSON:")]
    [InlineData("[1]\n[2]", null, ", line 2: it is not JSON:")]
    [InlineData("{\"data\": [1]", "data", ", line 1: it is not JSON:")]
    public void What_is_no_such_array_is_refused_with_its_line(string text, string? field, string expected) =>
        Assert.StartsWith($"file{expected}", Wrong(() => Read(text, field)), StringComparison.Ordinal);

    [Fact]
    public void An_element_that_is_not_UTF8_is_named() =>
        Assert.Equal("file, element 2: it is not UTF-8.", Wrong(() => Read([.. "[\"a\", \""u8, 0xc3, .. "\"]"u8], null)));

    private static List<string> Read(string text, string? field = null) => Read(Encoding.UTF8.GetBytes(text), field);

    private static List<string> Read(byte[] bytes, string? field) =>
        [.. JsonArrayReader.Read(new StreamedFile("file", () => new Joined(bytes)), field, "element", (ref Utf8JsonReader json) => Text(JsonElement.ParseValue(ref json)))];

    private static string Text(JsonElement element) => JsonSerializer.Serialize(element);

    private static object? Value(Random random, int depth) => random.Next(depth > 0 ? 6 : 4) switch
    {
        0 => random.Next(),
        1 => new string('é', random.Next(40) == 0 ? 30_000 : 5),
        2 => random.Next(2) == 0,
        3 => null,
        4 => Enumerable.Range(0, random.Next(4)).Select(_ => Value(random, depth - 1)).ToArray(),
        _ => Enumerable.Range(0, random.Next(4)).ToDictionary(number => $"\"{number}\n", _ => Value(random, depth - 1)),
    };

    /// <summary>Pieces one after another, few bytes at a time.</summary>
    private sealed class Joined(params byte[][] pieces) : ForwardStream(Null)
    {
        private int _piece, _place;

        public override int Read(Span<byte> buffer)
        {
            while (_piece < pieces.Length && _place == pieces[_piece].Length)
                (_piece, _place) = (_piece + 1, 0);
            if (_piece == pieces.Length)
                return 0;
            var count = Math.Min(Math.Min(buffer.Length, 4099), pieces[_piece].Length - _place);
            pieces[_piece].AsSpan(_place, count).CopyTo(buffer);
            _place += count;
            return count;
        }
    }
}
