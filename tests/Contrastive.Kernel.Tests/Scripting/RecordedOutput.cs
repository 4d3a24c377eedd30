using Contrastive.Kernel.Scripting;

namespace Contrastive.Kernel.Tests.Scripting;

/// <summary>Records what a session's cells show, in order.</summary>
internal sealed class RecordedOutput : ICellOutput
{
    public List<string> Lines { get; } = [];

    public List<IReadOnlyDictionary<string, string>> Contents { get; } = [];

    public CellError? LastError { get; private set; }

    public void Stream(string name, string text) => Lines.Add($"{name}: {text}");

    public void Display(string displayId, IReadOnlyDictionary<string, string> content, bool isUpdate) =>
        Lines.Add($"{(isUpdate ? "update" : "display")} {displayId}: {content["text/plain"]}");

    public void Result(IReadOnlyDictionary<string, string> content)
    {
        Contents.Add(content);
        Lines.Add($"result: {content["text/plain"]}");
    }

    public void Error(CellError error)
    {
        LastError = error;
        Lines.Add($"error: {error.Name}");
    }
}
