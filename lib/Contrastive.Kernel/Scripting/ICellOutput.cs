namespace Contrastive.Kernel.Scripting;

/// <summary>Receives what a running cell shows, in order: the runner's worker is one receiver, a Jupyter kernel would be another.</summary>
public interface ICellOutput
{
    /// <summary>Text was written to the console.</summary>
    /// <param name="name"><c>stdout</c> or <c>stderr</c>.</param>
    /// <param name="text">The text, with its line endings.</param>
    void Stream(string name, string text);

    /// <summary>A value was displayed, or an earlier display changed.</summary>
    /// <param name="displayId">The display's id.</param>
    /// <param name="content">MIME type to content; binary content as base64.</param>
    /// <param name="isUpdate">Whether the content replaces that of the earlier display with this id.</param>
    void Display(string displayId, IReadOnlyDictionary<string, string> content, bool isUpdate);

    /// <summary>The value of the cell's last expression.</summary>
    /// <param name="content">MIME type to content; binary content as base64.</param>
    void Result(IReadOnlyDictionary<string, string> content);

    /// <summary>The cell failed.</summary>
    /// <param name="error">What went wrong, and where in the cells.</param>
    void Error(CellError error);
}
