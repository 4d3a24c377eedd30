using System.Collections.Immutable;
using System.Text;
using Contrastive.Kernel.Formatting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.Scripting;

namespace Contrastive.Kernel.Scripting;

/// <summary>
/// Runs C# cells one after another in this process: variables, types, references and usings of a cell are available in later ones. What
/// a cell shows goes to an <see cref="ICellOutput"/>. The console and the display sink belong to the process, so a process has one
/// session at a time.
/// </summary>
public sealed class ScriptSession : IDisposable
{
    private static readonly string[] Usings =
    [
        "System", "System.Collections", "System.Collections.Generic", "System.Globalization", "System.IO", "System.Linq", "System.Net.Http",
        "System.Text", "System.Threading", "System.Threading.Tasks",
    ];

    private readonly OrderedOutput _output;
    private readonly ConsoleCapture _console;
    private readonly DisplaySink _sink;
    private readonly ReferencedAssemblies _assemblies = new();
    private readonly CellSources _sources = new();
    private readonly ScriptOptions _options;
    private ScriptState<object>? _state;

    /// <summary>Begins a session.</summary>
    /// <param name="folder">The notebook's folder, to which <c>#r</c> paths are relative.</param>
    /// <param name="output">Receives what the cells show.</param>
    public ScriptSession(string folder, ICellOutput output)
    {
        _output = new OrderedOutput(output);
        _console = new ConsoleCapture(_output);
        _sink = new DisplaySink(_output);
        _options = ScriptOptions.Default
            .WithLanguageVersion(LanguageVersion.CSharp14)
            .WithOptimizationLevel(OptimizationLevel.Release)
            .WithEmitDebugInformation(true)
            .WithFileEncoding(Encoding.UTF8)
            .WithAllowUnsafe(true)
            .WithReferences(FrameworkReferences.All)
            .WithImports(Usings)
            .WithMetadataResolver(new CellReferenceResolver(Path.GetFullPath(folder), _assemblies));
    }

    /// <summary>Starts the compiler by running a throwaway cell, so that no cell's time includes its start.</summary>
    /// <returns>A task that ends when the session is ready.</returns>
    public Task PrepareAsync() => CSharpScript.EvaluateAsync("string.Concat(new List<int> { 1 }.Select(i => i + 1))", _options);

    /// <summary>Runs a cell: what it shows, its last expression and its error go to the session's output.</summary>
    /// <param name="code">The cell's code.</param>
    /// <param name="cellName">The cell's name in errors, such as <c>cell 3</c>; unique to each cell.</param>
    /// <param name="cancellation">Stops the cell where it awaits; code that does not await runs on.</param>
    /// <returns>Whether the cell ran to its end.</returns>
    public async Task<bool> ExecuteAsync(string code, string cellName, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(code);
        ArgumentException.ThrowIfNullOrEmpty(cellName);
        _sources.Add(cellName, code);
        try
        {
            var error = await RunAsync(code, cellName, cancellation).ConfigureAwait(false);
            if (error is not null)
            {
                _output.Error(error);
            }

            return error is null;
        }
        finally
        {
            _output.Flush();
        }
    }

    /// <summary>Restores the console.</summary>
    public void Dispose()
    {
        _sink.Dispose();
        _console.Dispose();
        _output.Dispose();
        _assemblies.Dispose();
    }

    private async Task<CellError?> RunAsync(string code, string cellName, CancellationToken cancellation)
    {
        var options = _options.WithFilePath(cellName);
        var script = _state is null
            ? CSharpScript.Create<object>(code, options, assemblyLoader: _assemblies.Loader)
            : _state.Script.ContinueWith<object>(code, options);
        var errors = Compile(script, cancellation);
        if (errors.Length > 0)
        {
            return CompileErrors.Describe(errors, _sources, cellName);
        }

        try
        {
            var state = await (_state is null
                ? script.RunAsync(globals: null, catchException: _ => true, cancellation)
                : script.RunFromAsync(_state, catchException: _ => true, cancellation)).ConfigureAwait(false);
            _state = state;
            if (state.Exception is not null)
            {
                return RuntimeErrors.Describe(state.Exception, _sources);
            }

            if (state.ReturnValue is { } value)
            {
                _output.Result(ValueFormatter.Format(value));
            }

            return null;
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            // Loading the cell or formatting its value failed: still the cell's fault.
            return RuntimeErrors.Describe(exception, _sources);
        }
    }

    private static ImmutableArray<Diagnostic> Compile(Script<object> script, CancellationToken cancellation)
    {
        try
        {
            return [.. script.Compile(cancellation).Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)];
        }
        catch (CompilationErrorException exception)
        {
            return exception.Diagnostics;
        }
    }
}
