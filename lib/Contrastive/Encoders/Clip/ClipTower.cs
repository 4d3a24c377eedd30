namespace Contrastive.Encoders;

/// <summary>One of the two towers of a <see cref="ClipModel"/>.</summary>
public enum ClipTower
{
    /// <summary>The image tower.</summary>
    Image,

    /// <summary>The text tower.</summary>
    Text,
}
