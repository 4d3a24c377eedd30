namespace Contrastive.Kernel.Scripting;

/// <summary>
/// Offers the place where <c>Display.Show</c> leaves its content. No type is shared with the library: it finds, in the application's
/// data, an action that takes the display's id, MIME type to content, and whether an earlier display is replaced.
/// </summary>
internal sealed class DisplaySink : IDisposable
{
    private const string Name = "Contrastive.Display.Sink";

    public DisplaySink(ICellOutput output) =>
        AppContext.SetData(Name, (Action<string, IReadOnlyDictionary<string, string>, bool>)output.Display);

    public void Dispose() => AppContext.SetData(Name, null);
}
