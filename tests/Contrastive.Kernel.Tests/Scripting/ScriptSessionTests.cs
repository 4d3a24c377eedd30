using Contrastive.Kernel.Scripting;
using Xunit;

namespace Contrastive.Kernel.Tests.Scripting;

/// <summary>A session owns the process's console, so these run one after another.</summary>
[Collection("console")]
public sealed class ScriptSessionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly RecordedOutput _output = new();
    private readonly ScriptSession _session;
    private int _cells;

    public ScriptSessionTests() => _session = new ScriptSession(_folder.Path, _output);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _session.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task State_types_methods_and_usings_live_on_in_later_cells()
    {
        await Run("using System.Numerics;\nvar total = 40;\nrecord Point(int X, int Y);\nint Twice(int n) => 2 * n;\nstatic int Third(this int n) => n / 3;");
        await Run("total += Twice(1);");
        await Run("new Point(total, 9.Third()) + \" \" + BigInteger.One");
        Assert.Equal(["result: Point { X = 42, Y = 3 } 1"], _output.Lines);
    }

    [Fact]
    public async Task Everyday_namespaces_are_open_and_csharp_14_is_spoken()
    {
        await Run("""
            var words = new List<string> { "a", "b" };
            class Named { public string Name { get; set => field = value?.Trim() ?? "none"; } = ""; }
            var named = new Named { Name = "  x " };
            named?.Name += string.Concat(words.Select(w => w.ToUpperInvariant()));
            await Task.Delay(1);
            (named.Name, new StringBuilder("z").Length, Path.GetFileName("/a/b"), nameof(List<>))
            """);
        Assert.Equal(["result: (xAB, 1, b, List)"], _output.Lines);
    }

    [Theory]
    [InlineData("1 + 1", "2")]
    [InlineData("0.5", "0.5")]
    [InlineData("\"text\"", "text")]
    [InlineData("new[] { 1, 2, 3 }", "[1, 2, 3]")]
    [InlineData("new { A = 1, B = \"x\" }", "{ A = 1, B = x }")]
    [InlineData("await Task.FromResult(7)", "7")]
    public async Task The_last_expression_is_shown(string code, string shown)
    {
        await Run(code);
        Assert.Equal([$"result: {shown}"], _output.Lines);
    }

    [Theory]
    [InlineData("var x = 1;")]
    [InlineData("1.ToString();")]
    [InlineData("(string)null")]
    [InlineData("// nothing")]
    public async Task A_statement_and_null_show_nothing(string code)
    {
        Assert.True(await Run(code));
        Assert.Empty(_output.Lines);
    }

    [Fact]
    public async Task Console_text_and_displays_come_in_order()
    {
        await Run("""
            var sink = (Action<string, IReadOnlyDictionary<string, string>, bool>)AppContext.GetData("Contrastive.Display.Sink");
            void Show(string id, string text, bool update) => sink(id, new Dictionary<string, string> { ["text/plain"] = text }, update);
            Console.Write("a");
            Console.WriteLine('b');
            Show("1", "first", false);
            Console.Error.WriteLine("oops");
            Console.WriteLine("{0:0.0}", 1.25);
            Show("1", "second", true);
            "end"
            """);
        Assert.Equal(
            ["stdout: ab\n", "display 1: first", "stderr: oops\n", "stdout: 1.3\n", "update 1: second", "result: end"], _output.Lines);
    }

    [Fact]
    public async Task A_compile_error_has_line_and_column_in_its_own_cell()
    {
        await Run("var fine = 1;");
        Assert.False(await Run("var a = fine;\nvar b =  undefined + a;\n"));
        Assert.Equal("CompilationError", _output.LastError!.Name);
        Assert.Equal(
            [
                "cell 2, line 2, column 10: error CS0103: The name 'undefined' does not exist in the current context",
                "    var b =  undefined + a;",
                "             ^^^^^^^^^",
            ],
            _output.LastError.Traceback);
        Assert.True(await Run("fine"));
        Assert.Equal("result: 1", _output.Lines[^1]);
    }

    [Theory]
    [InlineData("using var s = new MemoryStream();", "CS1002")]
    [InlineData("namespace A { }", "CS7021")]
    [InlineData("#r \"nothing.dll\"", "CS0006")]
    [InlineData("int F( {", "CS1026")]
    public async Task What_scripts_do_not_allow_is_an_error(string code, string id)
    {
        Assert.False(await Run(code));
        Assert.Contains(id, string.Join('\n', _output.LastError!.Traceback), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_time_error_shows_only_the_cells_own_lines()
    {
        await Run("int Fail(int n)\n{\n    return new[] { 1 }.Select(i => i / n).First();\n}");
        Assert.False(await Run("var before = 5;\n\nvar x = Fail(0);\nvar after = 6;"));
        Assert.Equal("DivideByZeroException", _output.LastError!.Name);
        Assert.Equal(
            [
                "System.DivideByZeroException: Attempted to divide by zero.",
                "   at cell 1, line 3, in a lambda: return new[] { 1 }.Select(i => i / n).First();",
                "   at cell 1, line 3, in Fail: return new[] { 1 }.Select(i => i / n).First();",
                "   at cell 2, line 3: var x = Fail(0);",
            ],
            _output.LastError.Traceback);
        await Run("before");
        Assert.Equal("result: 5", _output.Lines[^1]);
    }

    [Fact]
    public async Task An_inner_exception_is_told()
    {
        await Run("class Deep { public static async Task FailAsync() { await Task.Yield(); throw new InvalidOperationException(\"deep\"); } }");
        await Run("try { await Deep.FailAsync(); }\ncatch (Exception e) { throw new ArgumentException(\"outer\", e); }");
        Assert.Equal("ArgumentException", _output.LastError!.Name);
        Assert.Equal("outer", _output.LastError.Message);
        Assert.Contains("  because of System.InvalidOperationException: deep", _output.LastError.Traceback);
        Assert.Contains("   at cell 2, line 2: catch (Exception e) { throw new ArgumentException(\"outer\", e); }", _output.LastError.Traceback);
    }

    [Fact]
    public async Task A_relative_reference_finds_the_assembly_and_what_lies_beside_it()
    {
        // Beta uses Alpha; only Beta is referenced, and both are in their own folder.
        TestAssembly.Emit(_folder.Path + "/lib", "SessionAlpha", "namespace SessionAlpha { public class A { public int N => 41; } }");
        TestAssembly.Emit(
            _folder.Path + "/lib", "SessionBeta", "namespace SessionBeta { public class B { public SessionAlpha.A Inner => new(); public int M() => Inner.N + 1; } }",
            "SessionAlpha");
        Assert.True(await Run("#r \"lib/../lib/SessionBeta.dll\"\nusing SessionBeta;\nusing SessionAlpha;"), string.Join('\n', _output.LastError?.Traceback ?? []));
        await Run("new B().M() + \" \" + new A().N");
        Assert.Equal(["result: 42 41"], _output.Lines);
    }

    [Fact]
    public async Task The_kernels_own_packages_are_out_of_sight()
    {
        Assert.False(await Run("typeof(Markdig.Markdown)"));
        Assert.Contains("CS0246", _output.LastError!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancellation_reaches_a_cell_that_has_not_begun()
    {
        using var stopped = new CancellationTokenSource();
        await stopped.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _session.ExecuteAsync("1", "cell 1", stopped.Token));
    }

    private Task<bool> Run(string code) => _session.ExecuteAsync(code, $"cell {++_cells}", Stop);
}
