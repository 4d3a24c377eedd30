using System.Collections.Concurrent;
using System.Diagnostics;
using System.IO.Pipes;
using System.Runtime.InteropServices;
using Contrastive.Kernel.Scripting;

namespace Contrastive.Kernel.Worker;

/// <summary>
/// A notebook's own process: takes cells from the runner's pipe and reports what they show. It lives as long as the runner does.
/// </summary>
internal static class CellWorker
{
    public const string Command = "worker";

    private static volatile bool _isRunning;

    public static int Run(string pipeName, string folder)
    {
        // Ctrl-C reaches every process of the terminal; the runner decides what becomes of this one.
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => context.Cancel = true);
        using var client = new NamedPipeClientStream(".", pipeName, PipeDirection.InOut, PipeOptions.Asynchronous);
        client.Connect(TimeSpan.FromSeconds(30));
        using var pipe = new MessagePipe(client);
        Directory.SetCurrentDirectory(folder);

        using var session = new ScriptSession(folder, new PipeOutput(pipe));
        session.PrepareAsync().GetAwaiter().GetResult();
        pipe.Send<WorkerEvent>(new Ready());
        foreach (var cell in Receive(pipe).GetConsumingEnumerable())
        {
            _isRunning = true;
            var succeeded = session.ExecuteAsync(cell.Code, cell.Name).GetAwaiter().GetResult();
            NativeStreams.EndCell(cell.Number);
            _isRunning = false;
            pipe.Send<WorkerEvent>(new CellEnded(cell.Number, succeeded, Process.GetCurrentProcess().PeakWorkingSet64));
        }

        return 0;
    }

    /// <summary>Cells run on the main thread, whose stack is the largest; another task watches the pipe, so that no worker outlives its
    /// runner.</summary>
    private static BlockingCollection<RunCell> Receive(MessagePipe pipe)
    {
        var cells = new BlockingCollection<RunCell>();
        _ = Task.Run(async () =>
        {
            while (await pipe.ReceiveAsync<RunCell>().ConfigureAwait(false) is { } cell)
            {
                cells.Add(cell);
            }

            // The runner has gone, or needs nothing more: shutdown is orderly unless a cell is running.
            cells.CompleteAdding();
            await Task.Delay(_isRunning ? TimeSpan.Zero : WorkerProcess.Patience).ConfigureAwait(false);
            Process.GetCurrentProcess().Kill();
        });
        return cells;
    }

    private sealed class PipeOutput(MessagePipe pipe) : ICellOutput
    {
        public void Stream(string name, string text) => pipe.Send<WorkerEvent>(new StreamWritten(name, text));

        public void Display(string displayId, IReadOnlyDictionary<string, string> content, bool isUpdate) =>
            pipe.Send<WorkerEvent>(new Displayed(displayId, content, isUpdate));

        public void Result(IReadOnlyDictionary<string, string> content) => pipe.Send<WorkerEvent>(new ResultShown(content));

        public void Error(CellError error) => pipe.Send<WorkerEvent>(new CellFailed(error.Name, error.Message, error.Traceback));
    }
}
