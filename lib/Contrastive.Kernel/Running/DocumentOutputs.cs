using System.Text.Json.Nodes;
using Contrastive.Kernel.Documents;
using Contrastive.Kernel.Worker;

namespace Contrastive.Kernel.Running;

/// <summary>Writes what cells show into the notebook. An update replaces the display in place, even in an earlier cell.</summary>
internal sealed class DocumentOutputs
{
    private readonly Dictionary<string, JsonObject> _displays = new(StringComparer.Ordinal);

    public static void Clear(Notebook notebook)
    {
        foreach (var cell in notebook.Cells.Where(cell => cell.Kind == CellKind.Code))
        {
            cell.Outputs.Clear();
            cell.ExecutionCount = null;
        }
    }

    public void Add(CellRun run, WorkerEvent shown)
    {
        var outputs = run.Cell.Outputs;
        switch (shown)
        {
            case StreamWritten stream:
                CellOutputs.AddStream(outputs, stream.Name, stream.Text);
                break;
            case Displayed { IsUpdate: true } update when _displays.TryGetValue(update.Id, out var display):
                display["data"] = CellOutputs.Data(update.Content);
                break;
            case Displayed display:
                var output = CellOutputs.Display(display.Content);
                _displays[display.Id] = output;
                outputs.Add((JsonNode)output);
                break;
            case ResultShown result:
                outputs.Add((JsonNode)CellOutputs.Result(result.Content, run.Number));
                break;
            case CellFailed error:
                AddError(run, error.Name, error.Message, error.Traceback);
                break;
        }
    }

    public static void AddError(CellRun run, string name, string message, IEnumerable<string> traceback) =>
        run.Cell.Outputs.Add((JsonNode)CellOutputs.Error(name, message, traceback));
}
