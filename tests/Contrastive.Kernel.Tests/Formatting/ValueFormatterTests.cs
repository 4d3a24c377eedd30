using Contrastive.Kernel.Formatting;
using Contrastive.Kernel.Scripting;
using Contrastive.Kernel.Tests.Scripting;
using Xunit;

namespace Contrastive.Kernel.Tests.Formatting;

[Collection("console")]
public sealed class ValueFormatterTests
{
    /// <summary>What a library that knows no notebook package would define; here in a cell, as lessons may.</summary>
    private const string Convention = """
        [AttributeUsage(AttributeTargets.Class | AttributeTargets.Interface)]
        class TypeFormatterSourceAttribute : Attribute
        {
            public TypeFormatterSourceAttribute(Type type) => FormatterSourceType = type;
            public Type FormatterSourceType { get; }
            public string[] PreferredMimeTypes { get; set; }
        }
        class Formatter
        {
            public Formatter(string mimeType, Func<object, string> write) => (MimeType, Write) = (mimeType, write);
            public string MimeType { get; }
            private Func<object, string> Write;
            public bool Format(object instance, TextWriter writer)
            {
                var text = Write(instance);
                if (text is null) return false;
                writer.Write(text);
                return true;
            }
        }
        class Source
        {
            public IEnumerable<object> CreateTypeFormatters() => new object[]
            {
                new Formatter("text/html", o => "<b>" + ((Shown)o).Text + "</b>"),
                new Formatter("image/png", o => ((Shown)o).Text == "no picture" ? null : "aGk="),
            };
        }
        class BrokenSource
        {
            public IEnumerable<object> CreateTypeFormatters() => new object[] { new Formatter("text/html", o => throw new InvalidOperationException("broken")) };
        }
        [TypeFormatterSource(typeof(Source))] class Shown { public string Text = "hi"; public override string ToString() => Text; }
        class Derived : Shown { }
        [TypeFormatterSource(typeof(Source), PreferredMimeTypes = new[] { "image/png" })] class Picky : Shown { }
        [TypeFormatterSource(typeof(BrokenSource))] class Broken { }
        """;

    [Theory]
    [InlineData("new Shown()", "image/png=aGk=; text/html=<b>hi</b>; text/plain=hi")]
    [InlineData("new Derived()", "image/png=aGk=; text/html=<b>hi</b>; text/plain=hi")]
    [InlineData("new Shown { Text = \"no picture\" }", "text/html=<b>no picture</b>; text/plain=no picture")]
    public async Task A_type_of_a_cell_shows_itself_by_convention(string code, string expected)
    {
        var (output, succeeded) = await Run(code);
        Assert.True(succeeded, output.LastError?.Message);
        var shown = string.Join("; ", output.Contents.Single().OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value}"));
        Assert.Equal(expected, shown);
    }

    [Fact]
    public async Task Preferred_mime_types_choose_the_formatters_of_their_attribute()
    {
        var (output, _) = await Run("new Picky()");
        Assert.Contains("image/png", output.Contents.Single().Keys);
    }

    [Fact]
    public async Task A_formatter_that_throws_fails_the_cell_and_says_why()
    {
        var (output, succeeded) = await Run("new Broken()");
        Assert.False(succeeded);
        Assert.Contains("failed to write", output.LastError!.Message, StringComparison.Ordinal);
        Assert.Contains(output.LastError.Traceback, line => line.Contains("broken", StringComparison.Ordinal));
        Assert.Contains(output.LastError.Traceback, line => line.Contains("cell 1, line 31", StringComparison.Ordinal));
    }

    public static TheoryData<object, string> Values => new()
    {
        { 1234567, "1234567" },
        { 0.1f, "0.1" },
        { true, "true" },
        { 'x', "'x'" },
        { "one\ntwo", "one\ntwo" },
        { new[] { "a", "b" }, "[\"a\", \"b\"]" },
        { new List<object?> { 1, null, "x" }, "[1, null, \"x\"]" },
        { Enumerable.Range(0, 100).ToArray(), "[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, … 60 more]" },
        { new Dictionary<string, int> { ["a"] = 1 }, "{ \"a\": 1 }" },
        { (1, "x"), "(1, x)" },
        { typeof(Dictionary<string, int>), "Dictionary<String, Int32>" },
        { new Bare(), "Bare { Name: \"n\", Inner: Bare2 { Values: [1, 2] } }" },
        { new DateTime(2020, 1, 2, 3, 4, 5, DateTimeKind.Utc), "2020-01-02T03:04:05.0000000Z" },
    };

    [Theory]
    [MemberData(nameof(Values), DisableDiscoveryEnumeration = true)]
    public void Plain_text_is_readable(object value, string expected) => Assert.Equal(expected, ValueFormatter.Format(value)["text/plain"]);

    [Fact]
    public void A_sequence_without_end_is_cut()
    {
        static IEnumerable<int> Endless()
        {
            while (true)
            {
                yield return 7;
            }
        }

        Assert.EndsWith("7, …]", ValueFormatter.Format(Endless())["text/plain"], StringComparison.Ordinal);
    }

    private static async Task<(RecordedOutput Output, bool Succeeded)> Run(string code)
    {
        var output = new RecordedOutput();
        using var session = new ScriptSession(Path.GetTempPath(), output);
        Assert.True(await session.ExecuteAsync(Convention, "cell 1", TestContext.Current.CancellationToken), output.LastError?.Message);
        return (output, await session.ExecuteAsync(code, "cell 2", TestContext.Current.CancellationToken));
    }

    private sealed class Bare
    {
        public string Name => "n";

        public Bare2 Inner => new();
    }

    private sealed class Bare2
    {
        public int[] Values => [1, 2];
    }
}
