using System.Diagnostics;
using System.IO.Pipes;
using System.Runtime.InteropServices;
using System.Text;
using System.Threading.Channels;

namespace Contrastive.Kernel.Worker;

/// <summary>The runner's side of a worker: a process, its pipe, and its standard streams, as one sequence of events.</summary>
internal sealed class WorkerProcess : IAsyncDisposable
{
    /// <summary>How long to wait for the end of a process, or for its last output.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly Process _process;
    private readonly MessagePipe _pipe;
    private readonly NativeOutput _out;
    private readonly NativeOutput _error;
    private readonly Channel<WorkerEvent> _events = Channel.CreateUnbounded<WorkerEvent>();
    private readonly Task _reading;

    private WorkerProcess(Process process, Stream pipe)
    {
        _process = process;
        _pipe = new MessagePipe(pipe);
        _out = new NativeOutput(process.StandardOutput, text => _events.Writer.TryWrite(new StreamWritten("stdout", text)));
        _error = new NativeOutput(process.StandardError, text => _events.Writer.TryWrite(new StreamWritten("stderr", text)));
        _reading = ReadAsync();
    }

    /// <summary>The exit code, once the process has ended.</summary>
    public int ExitCode => _process.ExitCode;

    public static async Task<WorkerProcess> StartAsync(
        string folder, IReadOnlyDictionary<string, string?> environment, CancellationToken cancellation)
    {
        var name = $"contrastive-{Environment.ProcessId}-{Guid.NewGuid():N}"[..32];
        var server = new NamedPipeServerStream(
            name, PipeDirection.InOut, 1, PipeTransmissionMode.Byte, PipeOptions.Asynchronous | PipeOptions.CurrentUserOnly);
        var start = new ProcessStartInfo(DotnetHost(), [typeof(WorkerProcess).Assembly.Location, CellWorker.Command, name, folder])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach (var (variable, value) in environment)
        {
            start.Environment[variable] = value;
        }

        var process = Process.Start(start) ?? throw new InvalidOperationException($"'{start.FileName}' could not be started.");
        process.StandardInput.Close();
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var exit = process.WaitForExitAsync(ended.Token);
        var connected = server.WaitForConnectionAsync(ended.Token);
        if (await Task.WhenAny(connected, exit).ConfigureAwait(false) == exit)
        {
            await server.DisposeAsync().ConfigureAwait(false);
            cancellation.ThrowIfCancellationRequested();
            var error = await process.StandardError.ReadToEndAsync(cancellation).ConfigureAwait(false);
            throw new InvalidOperationException($"The worker did not start: {ExitCodes.Describe(process.ExitCode)}. {error}");
        }

        try
        {
            await connected.ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw;
        }

        return new WorkerProcess(process, server);
    }

    public void Run(RunCell cell)
    {
        try
        {
            _pipe.Send(cell);
        }
        catch (IOException)
        {
            // It has just ended: the end of the events says so.
        }
    }

    /// <summary>The events as they come; ends when the process has ended.</summary>
    public IAsyncEnumerable<WorkerEvent> Events(CancellationToken cancellation) => _events.Reader.ReadAllAsync(cancellation);

    /// <summary>Kills the process and its children, and waits for its last output.</summary>
    public async Task KillAsync()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended by itself.
        }

        await _process.WaitForExitAsync().ConfigureAwait(false);
        await Task.WhenAny(_reading, Task.Delay(Patience)).ConfigureAwait(false);
    }

    /// <summary>Lets the process end by itself; one that does not is killed.</summary>
    public async ValueTask DisposeAsync()
    {
        _pipe.Dispose();
        await Task.WhenAny(_process.WaitForExitAsync(), Task.Delay(Patience)).ConfigureAwait(false);
        await KillAsync().ConfigureAwait(false);
        _process.Dispose();
    }

    /// <summary>The dotnet command that runs this process's runtime.</summary>
    private static string DotnetHost()
    {
        var command = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";
        var beside = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", command));
        return File.Exists(beside) ? beside : command;
    }

    private async Task ReadAsync()
    {
        var standard = Task.WhenAll(_out.ReadAsync(), _error.ReadAsync());
        while (await _pipe.ReceiveAsync<WorkerEvent>().ConfigureAwait(false) is { } received)
        {
            if (received is CellEnded ended)
            {
                // What native code printed belongs to its cell: wait until all of it has arrived.
                var marks = Task.WhenAll(_out.CellEnded(ended.Number), _error.CellEnded(ended.Number));
                await Task.WhenAny(marks, Task.Delay(Patience)).ConfigureAwait(false);
            }

            _events.Writer.TryWrite(received);
        }

        await _process.WaitForExitAsync().ConfigureAwait(false);
        await Task.WhenAny(standard, Task.Delay(Patience)).ConfigureAwait(false);
        _events.Writer.Complete();
    }
}
